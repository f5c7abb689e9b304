using Net.Cnm.Addresses;
using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Networks;

namespace Net.Controller.Rules;

/// <summary>Which Ethernet addresses an endpoint may be given.</summary>
internal static class EthernetAddressRule
{
    /// <summary>Refuses an address that no interface can have, or none on this network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="asked">The address that is asked for; null for none.</param>
    /// <param name="opened">The network as its driver sees it.</param>
    /// <exception cref="CnmException">InvalidParameter: the address is a group address or zero, or the network takes none. Conflict: it is
    /// that of the network's gateway.</exception>
    public static void Require(Network network, MacAddress? asked, IDriverNetwork opened)
    {
        if (asked is not { } mac)
        {
            return;
        }

        if ((mac.ToBytes()[0] & 1) != 0 || mac == default)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"MAC address {mac} cannot be an interface's: it is a group address or zero; choose one whose first byte is even, "
                    + "such as 02");
        }

        if (!opened.TakesEthernetAddresses)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"MAC address {mac} on network {network.Name}: containers on it have the Ethernet address of the link of the host that "
                    + "they share; leave --mac-address out");
        }

        if (mac == opened.GatewayEthernetAddress)
        {
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"MAC address {mac} is already in use on network {network.Name}, by its gateway; choose another, or none to have one "
                    + "chosen");
        }
    }
}
