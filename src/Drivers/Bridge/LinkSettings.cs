using Net.Cnm.DesiredState;

namespace Net.Drivers.Bridge;

/// <summary>Describes sysctl settings of one link, which are written before the link comes up.</summary>
internal static class LinkSettings
{
    /// <summary>The settings by which a link ignores IPv6 router advertisements and redirects: a container must not give the host, or
    /// another container, a route through itself. Empty where the kernel has no IPv6, and on links whose MTU is too small for it:
    /// they have no such settings.</summary>
    public static IEnumerable<SysctlObject> IgnoreRouters(BridgeNetwork network, OwnerId owner, NamespaceRef place, string link) =>
        network.Host.IPv6Available && network.Mtu is null or >= BridgeNetwork.MinimumIPv6Mtu
            ? [Setting(owner, place, "ipv6", link, "accept_ra", "0"), Setting(owner, place, "ipv6", link, "accept_redirects", "0")]
            : [];

    /// <summary>One sysctl below <c>net/FAMILY/conf/LINK</c>.</summary>
    public static SysctlObject Setting(OwnerId owner, NamespaceRef place, string family, string link, string name, string value) => new()
    {
        Owner = owner,
        Namespace = place,
        Path = $"net/{family}/conf/{link}/{name}",
        Value = value,
        Link = link,
    };
}
