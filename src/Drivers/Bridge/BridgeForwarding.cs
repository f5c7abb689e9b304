using Net.Cnm.DesiredState;

namespace Net.Drivers.Bridge;

/// <summary>The host's forwarding, without which a bridge reaches nothing beyond itself.</summary>
public static class BridgeForwarding
{
    /// <summary>The host-wide settings that a bridge network needs. The same objects for every network, so a plan keeps one of each key.</summary>
    /// <param name="ipv6">Whether IPv6 is to be forwarded too.</param>
    /// <param name="advertisedLinks">The host's links with a default route from a router advertisement.</param>
    /// <returns>Adopted settings owned by the host: no network's removal takes them back.</returns>
    /// <remarks>
    /// <c>default</c> is set beside <c>all</c> so that a link that comes later forwards as well. Setting <c>all</c> takes away the default routes that
    /// came by router advertisement, and ends the acceptance of others, unless a link has accept_ra=2 before (rt6_purge_dflt_routers; ip-sysctl.rst):
    /// so that comes first.
    /// </remarks>
    public static IReadOnlyList<DesiredObject> HostSettings(bool ipv6, IReadOnlyList<string> advertisedLinks) =>
        ipv6
            ?
            [
                Setting("net/ipv4/ip_forward"),
                .. advertisedLinks.Select(link => Setting($"net/ipv6/conf/{link}/accept_ra", "2")),
                Setting("net/ipv6/conf/default/forwarding"),
                Setting("net/ipv6/conf/all/forwarding"),
            ]
            : [Setting("net/ipv4/ip_forward")];

    /// <summary>Nothing for an internal network, which is never forwarded.</summary>
    internal static IReadOnlyList<DesiredObject> Describe(BridgeNetwork network) =>
        network.Network.Internal ? [] : HostSettings(network.Network.EnableIPv6, network.AdvertisedLinks);

    private static SysctlObject Setting(string path, string value = "1") => new()
    {
        Owner = OwnerId.Host,
        Ownership = Ownership.Adopted,
        Namespace = NamespaceRef.Host,
        Path = path,
        Value = value,
    };
}
