using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Controller.Models;

namespace Net.Controller.Plugins;

/// <summary>What plug-ins have yet to be told, as it follows from the model. So nothing of it is lost when the daemon ends or a plug-in is
/// away.</summary>
internal sealed record PluginWork
{
    private PluginWork()
    {
    }

    /// <summary>Networks that plug-ins were to make when the daemon ended, or that are being made.</summary>
    public required IReadOnlyList<Network> Unsettled { get; init; }

    /// <summary>Endpoints of running sandboxes that plug-ins have yet to make.</summary>
    public required IReadOnlyList<(Endpoint Endpoint, Network Network)> Arrivals { get; init; }

    /// <summary>Endpoints that begin or end to be the way out of their running sandbox.</summary>
    public required IReadOnlyList<(Endpoint Endpoint, Network Network)> WaysOut { get; init; }

    /// <summary>Endpoints that are gone, or whose sandbox has exited.</summary>
    public required IReadOnlyList<(Endpoint Endpoint, Network Network)> Farewells { get; init; }

    /// <summary>Networks that are gone, and of which no endpoint is among <see cref="Farewells"/>.</summary>
    public required IReadOnlyList<Network> NetworkFarewells { get; init; }

    /// <summary>Whether there is any.</summary>
    public bool Any => Networks.Any();

    /// <summary>The networks that have any.</summary>
    public IEnumerable<Network> Networks =>
        Unsettled.Concat(NetworkFarewells).Concat(Arrivals.Concat(WaysOut).Concat(Farewells).Select(entry => entry.Network))
            .DistinctBy(network => network.Id);

    /// <summary>Derives it from the model.</summary>
    public static PluginWork Of(ModelSnapshot model)
    {
        Endpoint[] plugged = [.. model.EndpointsById.Values.Where(endpoint => endpoint.Plugged is not null)];
        ILookup<bool, Endpoint> living = plugged.ToLookup(endpoint => model[endpoint.Sandbox].HasNetworkStack);
        IEnumerable<Endpoint> buried = model.Tombstones.Select(tombstone => tombstone.Endpoint).OfType<Endpoint>()
            .Where(endpoint => endpoint.Plugged is not null);
        Dictionary<NetworkId, Network> removed = model.Tombstones.Select(tombstone => tombstone.Network).OfType<Network>()
            .Where(network => network.Plugged is not null).ToDictionary(network => network.Id);
        (Endpoint Endpoint, Network Network)[] farewells = [.. living[false].Concat(buried).SelectMany(With)];
        return new PluginWork
        {
            Unsettled = [.. model.NetworksById.Values.Where(network => !network.IsSettled)],
            Arrivals = [.. living[true].Where(endpoint => !endpoint.IsSettled).SelectMany(With)],
            WaysOut =
            [
                .. living[true].Select(endpoint => endpoint.Sandbox).Distinct()
                    .SelectMany(sandbox => ((bool[])[false, true]).SelectMany(begins => Plugins.WaysOut.ToTell(model, sandbox, begins)))
                    .SelectMany(id => With(model.EndpointsById[id])),
            ],
            Farewells = farewells,
            NetworkFarewells = [.. removed.Values.Where(network => farewells.All(farewell => farewell.Network.Id != network.Id))],
        };

        IEnumerable<(Endpoint Endpoint, Network Network)> With(Endpoint endpoint) =>
            (model.NetworksById.GetValueOrDefault(endpoint.Network) ?? removed.GetValueOrDefault(endpoint.Network)) is { } network
                ? [(endpoint, network)]
                : [];
    }

    /// <summary>The work in words, one sentence for each network that has any.</summary>
    public IEnumerable<string> Describe() => Networks.Select(network =>
        $"{PluginsOf(network)} has yet to be told of changes of network {network.Name}; that is done when it answers");

    private static string PluginsOf(Network network) => (network.Plugged?.HasDriver, network.Plugged?.HasIpam) switch
    {
        (true, true) when network.Driver != network.IpamDriver => $"plug-in {network.Driver} or {network.IpamDriver}",
        (true, _) => $"plug-in {network.Driver}",
        _ => $"plug-in {network.IpamDriver}",
    };
}
