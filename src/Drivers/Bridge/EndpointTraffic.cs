using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Firewalls;

namespace Net.Drivers.Bridge;

/// <summary>Describes the policy for the frames that the endpoint sends into the bridge.</summary>
internal static class EndpointTraffic
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network, Endpoint endpoint)
    {
        yield return new EndpointPolicy
        {
            Owner = OwnerId.Of(endpoint.Id),
            Bridge = network.Bridge,
            HostLink = BridgeNames.HostLink(endpoint.Id),
            MacAddress = EndpointLink.AddressOf(endpoint),
            IPv4 = endpoint.IPv4?.Address,
            IPv6 = endpoint.IPv6?.Address,
            AntiSpoof = network.Options.AntiSpoof,
            InterContainer = network.Options is { InterContainer: true, PortIsolation: false },
        };

        MacAddress mac = EndpointLink.AddressOf(endpoint);
        foreach (IPAddress address in network.Options.AntiSpoof ? endpoint.LinkLocalAddresses ?? [] : [])
        {
            // The policy above allows the one that follows from the Ethernet address.
            if (!address.Equals(mac.ToLinkLocal()))
            {
                yield return new AddressPolicy
                {
                    Owner = OwnerId.Of(endpoint.Id),
                    HostLink = BridgeNames.HostLink(endpoint.Id),
                    Address = address,
                };
            }
        }
    }
}
