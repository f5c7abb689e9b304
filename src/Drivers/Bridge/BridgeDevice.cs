using Net.Cnm.DesiredState;

namespace Net.Drivers.Bridge;

/// <summary>The bridge itself, and how it treats router advertisements.</summary>
internal static class BridgeDevice
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network)
    {
        yield return new BridgeLink
        {
            Owner = network.Owner,
            Name = network.Bridge,
            MacAddress = network.BridgeMac,
            Mtu = network.Mtu,
            IPv6 = network.Network.EnableIPv6,
        };

        // A container that sends router advertisements must not give the host a default route through itself.
        if (network.KernelHasIPv6)
        {
            yield return new SysctlObject
            {
                Owner = network.Owner,
                Namespace = NamespaceRef.Host,
                Path = $"net/ipv6/conf/{network.Bridge}/accept_ra",
                Value = "0",
                Link = network.Bridge,
            };
        }
    }
}
