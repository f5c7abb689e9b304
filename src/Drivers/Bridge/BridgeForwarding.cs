using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;

namespace Net.Drivers.Bridge;

/// <summary>Describes the host's IP forwarding, without which a bridge reaches nothing beyond itself; and, where this daemon turns it on,
/// the guard that keeps the host from forwarding other traffic, with the bridges of other programs that it leaves alone.</summary>
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

        // Forwarding that this daemon has turned on stays on, and guarded, when the network that needed it has gone, and when the daemon is
        // started again with the order to leave forwarding alone.
        HostFacts host = network.Host;
        bool ipv4 = network.TurnsForwardingOn || host.IPv4Forwarding == ForwardingState.OnByUs;
        bool ipv6 = (network.TurnsForwardingOn && network.Network.EnableIPv6) || host.IPv6Forwarding == ForwardingState.OnByUs;
        bool guarded = (ipv4 && IsGuarded(host.IPv4Forwarding)) || (ipv6 && IsGuarded(host.IPv6Forwarding));
        return [.. guarded ? Guests(host) : [], .. ipv4 ? IPv4(host) : [], .. ipv6 ? IPv6(host) : []];
    }

    /// <summary>A sentence for each address family whose packets are not forwarded, because forwarding is off and is to be left
    /// alone.</summary>
    public static IEnumerable<string> Check(BridgeNetwork network)
    {
        if (network.TurnsForwardingOn || network.Network.Internal)
        {
            yield break;
        }

        if (network.Network.EnableIPv4 && network.Host.IPv4Forwarding == ForwardingState.Off)
        {
            yield return Unforwarded(network, "IPv4", "net.ipv4.ip_forward");
        }

        if (network.Network.EnableIPv6 && network.Host.IPv6Forwarding == ForwardingState.Off)
        {
            yield return Unforwarded(network, "IPv6", "net.ipv6.conf.all.forwarding");
        }
    }

    private static string Unforwarded(BridgeNetwork network, string family, string setting) =>
        $"network {network.Network.Name}: {family} forwarding is off on this host and the daemon leaves it alone (--ip-forward=false), so "
            + $"containers reach the host only; set {setting}=1, or leave the flag out";

    private static IEnumerable<DesiredObject> IPv4(HostFacts host) =>
        [.. Guard(host.IPv4Forwarding, ipv6: false), Setting("net/ipv4/ip_forward")];

    /// <remarks><c>default</c> is set as well as <c>all</c>, so that later links forward too; after it, since the kernel writes <c>all</c>
    /// to <c>default</c> and what that was is kept then. Setting <c>all</c> removes the default routes that came by router advertisement
    /// and stops the acceptance of others, unless a link has accept_ra=2 (rt6_purge_dflt_routers; ip-sysctl.rst): so accept_ra is set
    /// first.</remarks>
    private static IEnumerable<DesiredObject> IPv6(HostFacts host) =>
    [
        .. Guard(host.IPv6Forwarding, ipv6: true),
        .. host.AdvertisedLinks.Select(link => Setting($"net/ipv6/conf/{link}/accept_ra", "2")),
        Setting("net/ipv6/conf/all/forwarding"),
        Setting("net/ipv6/conf/default/forwarding"),
    ];

    private static bool IsGuarded(ForwardingState state) => state != ForwardingState.On;

    private static IEnumerable<DesiredObject> Guests(HostFacts host) => host.GuestBridges
        .Select(bridge => new GuestBridge { Owner = OwnerId.Host, Ownership = Ownership.Adopted, Bridge = bridge });

    private static IEnumerable<DesiredObject> Guard(ForwardingState state, bool ipv6)
    {
        if (IsGuarded(state))
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
