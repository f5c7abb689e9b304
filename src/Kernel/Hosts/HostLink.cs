using Net.Kernel.Links;
using Net.Netlink.Links;

namespace Net.Kernel.Hosts;

/// <summary>A link of the host.</summary>
/// <param name="Message">The kernel's message of it.</param>
/// <param name="IsOurs">Whether this program has made it.</param>
internal readonly record struct HostLink(LinkMessage Message, bool IsOurs)
{
    /// <summary>Its name.</summary>
    public string Name => Message.Name!;

    /// <summary>Tells whose a link is.</summary>
    public static HostLink Of(LinkMessage link) => new(link, LinkMark.IsOurs(link));
}
