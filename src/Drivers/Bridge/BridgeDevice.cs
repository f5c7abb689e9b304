using Net.Cnm.DesiredState;

namespace Net.Drivers.Bridge;

/// <summary>The bridge itself, how it treats router advertisements, and that the host's 127.0.0.1 leads to published ports.</summary>
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

        // A packet from 127.0.0.1 may leave by the bridge, rewritten to a container. Whatever claims to be loopback and comes in by it is dropped by the
        // guard that the policy of every bridge has, and the guard is there before the bridge is (CVE-2020-8558).
        if (network.Network.EnableIPv4 && !network.Network.Internal)
        {
            yield return new SysctlObject
            {
                Owner = network.Owner,
                Namespace = NamespaceRef.Host,
                Path = $"net/ipv4/conf/{network.Bridge}/route_localnet",
                Value = "1",
                Link = network.Bridge,
            };
        }
    }
}
