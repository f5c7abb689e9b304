using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Networks;

namespace Net.Drivers.Bridge;

/// <summary>Describes the gateway addresses of the bridge, for the families whose gateway is this host. The kernel adds the route to each
/// subnet with the address.</summary>
internal static class BridgeAddresses
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network)
    {
        foreach (AddressPool pool in network.Network.Pools)
        {
            if (!pool.GatewayIsAdopted && network.OwnGateway(pool.IsIPv6) is { } gateway)
            {
                yield return new LinkAddress
                {
                    Owner = network.Owner,
                    Namespace = NamespaceRef.Host,
                    Link = network.Bridge,
                    LinkIsAdopted = network.Adopts,
                    Address = new InterfaceAddress(gateway, pool.Subnet.PrefixLength),
                };
            }
        }
    }
}
