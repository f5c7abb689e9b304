using Net.Cnm.DesiredState;

namespace Net.Drivers.Bridge;

/// <summary>The host's forwarding, without which a bridge reaches nothing beyond itself.</summary>
public static class BridgeForwarding
{
    /// <summary>The host-wide settings that a bridge network needs. The same objects for every network, so a plan keeps one of each key.</summary>
    /// <param name="ipv6">Whether IPv6 is to be forwarded too.</param>
    /// <returns>Adopted settings owned by the host: no network's removal takes them back.</returns>
    /// <remarks>
    /// <c>default</c> is set beside <c>all</c> so that a link that comes later forwards as well. Setting <c>all</c> ends the host's own
    /// acceptance of router advertisements
    /// unless its links have accept_ra=2 (Documentation/networking/ip-sysctl.rst); those links are not a driver's to know.
    /// </remarks>
    public static IReadOnlyList<DesiredObject> HostSettings(bool ipv6) =>
        ipv6
            ? [Setting("net/ipv4/ip_forward"), Setting("net/ipv6/conf/default/forwarding"), Setting("net/ipv6/conf/all/forwarding")]
            : [Setting("net/ipv4/ip_forward")];

    /// <summary>Nothing for an internal network, which is never forwarded.</summary>
    internal static IReadOnlyList<DesiredObject> Describe(BridgeNetwork network) =>
        network.Network.Internal ? [] : HostSettings(network.Network.EnableIPv6);

    private static SysctlObject Setting(string path) => new()
    {
        Owner = OwnerId.Host,
        Ownership = Ownership.Adopted,
        Namespace = NamespaceRef.Host,
        Path = path,
        Value = "1",
    };
}
