using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;

namespace Net.Drivers.Bridge;

/// <summary>Describes the bridge link and its settings: it ignores router advertisements and redirects, and routes 127.0.0.1 to published
/// ports.</summary>
internal static class BridgeDevice
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network) => network.Adopts ? [Adopted(network)] :
    [
        new BridgeLink
        {
            Owner = network.Owner,
            Name = network.Bridge,
            MacAddress = network.BridgeMac,
            Mtu = network.Mtu,
            IPv6 = network.Network.EnableIPv6 && network.ModeOf(ipv6: true) != GatewayMode.Isolated,
        },
        .. LinkSettings.IgnoreRouters(network, network.Owner, NamespaceRef.Host, network.Bridge),
        .. IPv4Settings(network),
    ];

    private static IEnumerable<SysctlObject> IPv4Settings(BridgeNetwork network)
    {
        yield return Setting("accept_redirects", "0");
        yield return Setting("secure_redirects", "0");
        yield return Setting("send_redirects", "0");

        if (RoutesLoopback(network))
        {
            yield return Setting("route_localnet", "1");
        }

        SysctlObject Setting(string name, string value) =>
            LinkSettings.Setting(network.Owner, NamespaceRef.Host, "ipv4", network.Bridge, name, value);
    }

    private static AdoptedBridge Adopted(BridgeNetwork network) => new()
    {
        Owner = network.Owner,
        Name = network.Bridge,
        IPv4Gateway = network.IPv4 is { GatewayIsAdopted: true } ipv4 ? ipv4.Gateway : null,
        IPv6Gateway = network.IPv6 is { GatewayIsAdopted: true } ipv6 ? ipv6.Gateway : null,
        RoutesLoopback = RoutesLoopback(network),
    };

    // With route_localnet a packet from 127.0.0.1 may leave by the bridge, translated to a container. Packets that come in by the bridge
    // with a loopback address are dropped by the guard that is part of every bridge's policy and is there before the bridge is
    // (CVE-2020-8558).
    private static bool RoutesLoopback(BridgeNetwork network) =>
        network.Network is { EnableIPv4: true, Internal: false }
        && network.ModeOf(ipv6: false) is GatewayMode.Nat or GatewayMode.NatUnprotected;
}
