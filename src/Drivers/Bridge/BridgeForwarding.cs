using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;

namespace Net.Drivers.Bridge;

/// <summary>Describes the host's IP forwarding, without which a bridge reaches nothing beyond itself; and, where this daemon turns it on,
/// the guard that keeps the host from forwarding other traffic.</summary>
internal static class BridgeForwarding
{
    /// <summary>The objects are the same for every network, owned by the host and adopted: a plan keeps one of each key, and no network's
    /// removal takes them back. An internal network has none, since it is never forwarded.</summary>
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network)
    {
        if (network.Network.Internal)
        {
            return [];
        }

        // Forwarding that this daemon has turned on stays on, and guarded, when the network that needed it has gone.
        HostFacts host = network.Host;
        return network.Network.EnableIPv6 || host.IPv6Forwarding == ForwardingState.OnByUs
            ? [.. IPv4(host), .. IPv6(host)]
            : IPv4(host);
    }

    private static IEnumerable<DesiredObject> IPv4(HostFacts host) =>
        [.. Guard(host.IPv4Forwarding, ipv6: false), Setting("net/ipv4/ip_forward")];

    /// <remarks><c>default</c> is set as well as <c>all</c>, so that later links forward too. Setting <c>all</c> removes the default routes
    /// that came by router advertisement and stops the acceptance of others, unless a link has accept_ra=2 (rt6_purge_dflt_routers;
    /// ip-sysctl.rst): so accept_ra is set first.</remarks>
    private static IEnumerable<DesiredObject> IPv6(HostFacts host) =>
    [
        .. Guard(host.IPv6Forwarding, ipv6: true),
        .. host.AdvertisedLinks.Select(link => Setting($"net/ipv6/conf/{link}/accept_ra", "2")),
        Setting("net/ipv6/conf/default/forwarding"),
        Setting("net/ipv6/conf/all/forwarding"),
    ];

    private static IEnumerable<DesiredObject> Guard(ForwardingState state, bool ipv6)
    {
        if (state != ForwardingState.On)
        {
            yield return new ForwardingGuard { Owner = OwnerId.Host, Ownership = Ownership.Adopted, IPv6 = ipv6 };
        }
    }

    private static SysctlObject Setting(string path, string value = "1") => new()
    {
        Owner = OwnerId.Host,
        Ownership = Ownership.Adopted,
        Namespace = NamespaceRef.Host,
        Path = path,
        Value = value,
    };
}
