using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;

namespace Net.Drivers.Bridge;

/// <summary>Describes the firewall policy of the bridge: traffic to the outside and back, between containers, from other bridges and from
/// trusted links.</summary>
internal static class BridgeTraffic
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network) =>
    [
        new BridgePolicy
        {
            Owner = network.Owner,
            Bridge = network.Bridge,
            IPv4 = network.IPv4?.Subnet,
            IPv6 = network.IPv6?.Subnet,
            GatewayModeIPv4 = network.Options.GatewayModeIPv4,
            GatewayModeIPv6 = network.Options.GatewayModeIPv6,
            Masquerade = network.Options.Masquerade,
            SourceIPv4 = network.Options.SourceIPv4,
            SourceIPv6 = network.Options.SourceIPv6,
            Internal = network.Network.Internal,
            InterContainer = network.Options is { InterContainer: true, PortIsolation: false },
        },
        .. network.Options.TrustedLinks.Select(link => new TrustedLink { Owner = network.Owner, Bridge = network.Bridge, Link = link }),
    ];
}
