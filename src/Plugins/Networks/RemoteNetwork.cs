using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Plugins;
using Net.Cnm.Ports;

namespace Net.Plugins.Networks;

/// <summary>One network of a plug-in. The host has nothing of it that is ours; a sandbox has the link that the plug-in has made, with its
/// addresses and routes.</summary>
/// <param name="maker">The name of the plug-in.</param>
internal sealed class RemoteNetwork(string maker) : IDriverNetwork
{
    /// <inheritdoc/>
    public string? LinkName => null;

    /// <inheritdoc/>
    public bool ChoosesEthernetAddresses => false;

    /// <summary>An address that a user asks for is passed on to the plug-in, which chooses one only where none is given.</summary>
    public bool TakesEthernetAddresses => true;

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe() => [];

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe(Endpoint endpoint, NamespaceRef sandbox, IReadOnlyList<PortMapping> ports)
    {
        if (endpoint.Plugged is not { IsReady: true, SourceLink: { } source } plugged)
        {
            return [];
        }

        OwnerId owner = OwnerId.Of(endpoint.Id);
        return
        [
            new MovedLink
            {
                Owner = owner,
                SourceName = source,
                Namespace = sandbox,
                Name = endpoint.InterfaceName,
                MacAddress = endpoint.MacAddress,
                IPv6 = endpoint.HasIPv6,
                Maker = maker,
            },
            .. endpoint.Addresses.Select(address => new LinkAddress
            {
                Owner = owner,
                Namespace = sandbox,
                Link = endpoint.InterfaceName,
                Address = address,
            }),
            .. (plugged.Routes ?? []).Where(route => !IsDefault(route)).Select(route => new RouteObject
            {
                Owner = owner,
                Namespace = sandbox,
                Destination = route.Destination,
                Gateway = route.NextHop,
                Link = endpoint.InterfaceName,
            }),
        ];
    }

    // The default routes are chosen among all endpoints of the sandbox.
    private static bool IsDefault(PluggedRoute route) => route.Destination.PrefixLength == 0;
}
