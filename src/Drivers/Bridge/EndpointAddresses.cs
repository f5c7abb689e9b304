using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;

namespace Net.Drivers.Bridge;

/// <summary>Describes the endpoint's IP addresses in its sandbox.</summary>
internal static class EndpointAddresses
{
    public static IEnumerable<DesiredObject> Describe(Endpoint endpoint, NamespaceRef sandbox, Announcement announcement) =>
        endpoint.Addresses.Select(address => new LinkAddress
        {
            Owner = OwnerId.Of(endpoint.Id),
            Namespace = sandbox,
            Link = endpoint.InterfaceName,
            Address = address,
            Announcement = announcement,
        });
}
