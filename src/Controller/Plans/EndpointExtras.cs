using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;

namespace Net.Controller.Plans;

/// <summary>What was asked for an endpoint's interface and is the same with every driver: link-local addresses and kernel
/// settings.</summary>
internal static class EndpointExtras
{
    /// <summary>The objects that a driver describes for an endpoint, and these. A setting that was asked for takes the place of the
    /// driver's own value.</summary>
    public static IReadOnlyList<DesiredObject> Join(IReadOnlyList<DesiredObject> described, Endpoint endpoint, NamespaceRef place)
    {
        if (endpoint.InterfaceName.Length == 0)
        {
            return described;
        }

        DesiredObject[] extras = [.. Addresses(endpoint, place), .. Settings(endpoint, place)];
        HashSet<string> keys = [.. extras.Select(extra => extra.Key)];
        return extras.Length == 0 ? described : [.. described.Where(other => !keys.Contains(other.Key)), .. extras];
    }

    private static IEnumerable<LinkAddress> Addresses(Endpoint endpoint, NamespaceRef place) =>
        (endpoint.LinkLocalAddresses ?? []).Select(address => new LinkAddress
        {
            Owner = OwnerId.Of(endpoint.Id),
            Namespace = place,
            Link = endpoint.InterfaceName,
            Address = LinkLocal.OnInterface(address),
        });

    private static IEnumerable<SysctlObject> Settings(Endpoint endpoint, NamespaceRef place) =>
        endpoint.DriverOptions is null ? [] : EndpointOptions.Parse(endpoint.DriverOptions).Settings.Select(setting => new SysctlObject
        {
            Owner = OwnerId.Of(endpoint.Id),
            Namespace = place,
            Path = setting.PathFor(endpoint.InterfaceName),
            Value = setting.Value,
            Link = endpoint.InterfaceName,
        });
}
