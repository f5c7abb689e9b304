using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;

namespace Net.Drivers.Bridge;

/// <summary>Checks the gateways of a new network on a bridge of another program. The bridge has one address in a subnet: its own where it
/// has one, else the gateway's, which is added.</summary>
internal static class AdoptedGateway
{
    /// <summary>Refuses a gateway beside an address that the bridge has in the same subnet.</summary>
    /// <exception cref="CnmException">InvalidParameter: there is one.</exception>
    public static void Check(BridgeNetwork network)
    {
        foreach (AddressPool pool in network.Adopts ? network.Network.Pools : [])
        {
            if (network.OwnGateway(pool.IsIPv6) is { } gateway && !pool.GatewayIsAdopted
                && network.HostAddresses.FirstOrDefault(own => pool.Subnet.Contains(own.Address.Address)) is HostAddress own)
            {
                InterfaceAddress present = own.Address;
                throw new CnmException(
                    CnmErrorKind.InvalidParameter,
                    $"network {network.Network.Name}: bridge {network.Bridge} has the address {present} already, and gateway {gateway} "
                        + "would be a second one in its subnet; leave --gateway out, or say with "
                        + "-o com.docker.network.bridge.inhibit_ipv4=true that the gateway is another machine");
            }
        }
    }
}
