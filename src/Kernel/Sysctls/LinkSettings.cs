using System.Globalization;
using Net.Netlink.Links;

namespace Net.Kernel.Sysctls;

/// <summary>Settings of links as a dump of the links tells them. To open each one's file takes the longer the more network namespaces a
/// machine has, since their names are in one chain of the kernel's name cache (proc_sys_compare in fs/proc/proc_sysctl.c).</summary>
internal static class LinkSettings
{
    private const string IPv4 = "net/ipv4/conf/";
    private const string IPv6 = "net/ipv6/conf/";

    /// <summary>The link and the name of the setting that a path below /proc/sys leads to; null when it is no setting of a link.</summary>
    /// <param name="path">The path, with slashes. What stands below <c>all</c> and <c>default</c> is of no link, even where one has that
    /// name.</param>
    public static (string Link, string Name)? Split(string path)
    {
        int end = path.LastIndexOf('/');
        bool isBelow = path.StartsWith(IPv4, StringComparison.Ordinal) || path.StartsWith(IPv6, StringComparison.Ordinal);
        return isBelow && end > IPv4.Length && path[IPv4.Length..end] is var link and not ("all" or "default")
            ? (link, path[(end + 1)..])
            : null;
    }

    /// <summary>The value in a link's message; null when it does not tell it.</summary>
    /// <param name="link">The link.</param>
    /// <param name="path">The path of the setting, with slashes.</param>
    /// <param name="name">Its name, the last part of the path.</param>
    public static string? Find(LinkMessage link, string path, string name)
    {
        int? value = path.StartsWith(IPv4, StringComparison.Ordinal) ? FindIPv4(link, name) : FindIPv6(link, name);
        return value?.ToString(CultureInfo.InvariantCulture);
    }

    private static int? FindIPv4(LinkMessage link, string name) => name switch
    {
        "forwarding" => link.FamilySettings?.Find(IPv4LinkSetting.Forwarding),
        "accept_redirects" => link.FamilySettings?.Find(IPv4LinkSetting.AcceptRedirects),
        "secure_redirects" => link.FamilySettings?.Find(IPv4LinkSetting.SecureRedirects),
        "send_redirects" => link.FamilySettings?.Find(IPv4LinkSetting.SendRedirects),
        "rp_filter" => link.FamilySettings?.Find(IPv4LinkSetting.ReversePathFilter),
        "route_localnet" => link.FamilySettings?.Find(IPv4LinkSetting.RouteLocalNet),
        _ => null,
    };

    private static int? FindIPv6(LinkMessage link, string name) => name switch
    {
        "forwarding" => link.FamilySettings?.Find(IPv6LinkSetting.Forwarding),
        "accept_ra" => link.FamilySettings?.Find(IPv6LinkSetting.AcceptAdvertisements),
        "accept_redirects" => link.FamilySettings?.Find(IPv6LinkSetting.AcceptRedirects),
        "disable_ipv6" => link.FamilySettings?.Find(IPv6LinkSetting.DisableIPv6),
        _ => null,
    };
}
