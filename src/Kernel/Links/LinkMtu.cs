using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>The MTU of links, in bytes, and what depends on it.</summary>
internal static class LinkMtu
{
    /// <summary>The smallest MTU with which the kernel has IPv6 on a link (IPV6_MIN_MTU, RFC 8200 5). Below it, the link has no settings
    /// under net/ipv6/conf either (addrconf_notify).</summary>
    private const int MinimumForIPv6 = 1280;

    /// <summary>Whether a link with this MTU (null for the kernel's 1500) has IPv6 settings.</summary>
    public static bool HasIPv6Settings(int? mtu) => Sysctls.SettingFile.HasIPv6 && mtu is null or >= MinimumForIPv6;

    /// <summary>The step that sets the MTU if the link has another one, before settings are written that a too small MTU takes
    /// away.</summary>
    public static IEnumerable<ActionStep> Ensure(DesiredObject subject, NamespaceRef where, string link, int? mtu)
    {
        if (mtu is not { } bytes)
        {
            yield break;
        }

        string command = string.Create(CultureInfo.InvariantCulture, $"{IpCommand.In(where)} link set dev {link} mtu {bytes}");
        yield return new ActionStep(ApplyPhase.LinkSettings, subject, () => command)
        {
            Do = session =>
            {
                NetlinkConnection connection = session.Connection(where);
                if (connection.GetLink(link) is { } present && present.Mtu != bytes)
                {
                    connection.Execute(LinkRequests.Change(new LinkMessage { Name = link, Mtu = (uint)bytes }));
                }

                return null;
            },
        };
    }
}
