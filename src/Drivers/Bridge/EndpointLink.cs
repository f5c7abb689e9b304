using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;

namespace Net.Drivers.Bridge;

/// <summary>Describes the veth pair between the bridge and the sandbox.</summary>
internal static class EndpointLink
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network, Endpoint endpoint, NamespaceRef sandbox, bool hasPorts)
    {
        yield return new VethPair
        {
            Owner = OwnerId.Of(endpoint.Id),
            Name = BridgeNames.HostLink(endpoint.Id),
            Bridge = network.Bridge,
            BridgeIsAdopted = network.Adopts,
            PeerNamespace = sandbox,
            PeerName = endpoint.InterfaceName,
            PeerMacAddress = AddressOf(endpoint),
            Mtu = network.Mtu,
            PeerIPv6 = endpoint.HasIPv6,
            Isolated = network.Options.PortIsolation,

            // Where bridge-nf-call-iptables=1, the bridge sends a container's packets to its own published port back by the port they came
            // in by. Not every port is a hairpin port, since such a port also receives its own broadcasts.
            Hairpin = hasPorts,
        };
    }

    /// <summary>The Ethernet address of the sandbox's end, which every endpoint on a bridge has.</summary>
    public static MacAddress AddressOf(Endpoint endpoint) =>
        endpoint.MacAddress ?? throw new ArgumentException($"endpoint {endpoint.Id} on a bridge has no Ethernet address", nameof(endpoint));
}
