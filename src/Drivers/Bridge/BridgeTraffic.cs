using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;

namespace Net.Drivers.Bridge;

/// <summary>What may pass the bridge: out and back, between containers, from other bridges.</summary>
internal static class BridgeTraffic
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network)
    {
        yield return new BridgePolicy
        {
            Owner = network.Owner,
            Bridge = network.Bridge,
            IPv4 = network.IPv4?.Subnet,
            IPv6 = network.IPv6?.Subnet,
            Masquerade = network.Options.Masquerade,
            Internal = network.Network.Internal,
            InterContainer = network.Options.InterContainer,
        };
    }
}
