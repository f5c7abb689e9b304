using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;

namespace Net.Drivers.Bridge;

/// <summary>Describes the settings of both ends of an endpoint's link: they ignore router advertisements and redirects.</summary>
internal static class EndpointSettings
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network, Endpoint endpoint, NamespaceRef sandbox)
    {
        OwnerId owner = OwnerId.Of(endpoint.Id);
        string hostLink = BridgeNames.HostLink(endpoint.Id);
        return
        [
            LinkSettings.Setting(owner, NamespaceRef.Host, "ipv4", hostLink, "accept_redirects", "0"),
            .. LinkSettings.IgnoreRouters(network, owner, NamespaceRef.Host, hostLink),

            // Without an IPv6 address there is no IPv6 on the container's end at all.
            .. endpoint.HasIPv6 ? LinkSettings.IgnoreRouters(network, owner, sandbox, endpoint.InterfaceName) : [],
        ];
    }
}
