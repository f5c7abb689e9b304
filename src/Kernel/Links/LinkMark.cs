using Net.Cnm.DesiredState;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Tells links that this daemon made from others.</summary>
/// <remarks>
/// The owner's 64-hex id as ifalias says whose it is. The kernel takes an alias only after creation, so a link carries our interface group
/// from its first moment: a daemon that is killed between the two leaves a link that is still known as ours. Something else's link with a
/// 64-hex alias (another daemon's, a person's) has another group and is never a leftover of ours. Source: ip-link(8), IFLA_GROUP,
/// IFLA_IFALIAS.
/// </remarks>
internal static class LinkMark
{
    /// <summary>The interface group of every link we make.</summary>
    public const uint Group = 28515;

    /// <summary>The group of buried links, which are deleted together in one request.</summary>
    public const uint GraveGroup = 28516;

    /// <summary>The group of a plug-in's link from its move into a sandbox until it comes up there, and while it is moved out: a daemon
    /// that is killed in between leaves a link that is known not to have been set down by somebody. A link that the plug-in has given a
    /// group keeps that and is not known.</summary>
    public const uint ArrivingGroup = 28517;

    private const int TagLength = 64;

    /// <summary>Whether the link is one that we made for this owner, its alias perhaps not yet set.</summary>
    public static bool IsOf(LinkMessage link, OwnerId owner) =>
        link.Alias == owner.Tag || (string.IsNullOrEmpty(link.Alias) && link.Group is Group or GraveGroup);

    /// <summary>Whether the link is one that some owner of ours had us make.</summary>
    public static bool IsOurs(LinkMessage link) =>
        link.Group is Group or GraveGroup && (string.IsNullOrEmpty(link.Alias) || IsTag(link.Alias));

    /// <summary>Whether the link is buried, and yet to be deleted.</summary>
    public static bool IsGrave(LinkMessage link) => link.Group is GraveGroup;

    private static bool IsTag(string alias) => alias.Length == TagLength && alias.All(char.IsAsciiHexDigitLower);
}
