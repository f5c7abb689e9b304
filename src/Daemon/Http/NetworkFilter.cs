using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Controller.Models;

namespace Net.Daemon.Http;

/// <summary>The <c>filters</c> query of the network list, as Docker has it.</summary>
internal sealed class NetworkFilter
{
    private const string DanglingKey = "dangling";

    private static readonly string[] Keys = [DanglingKey, "driver", "id", "label", "name", "scope", "type"];

    private readonly IReadOnlyList<(string Key, IReadOnlyList<string> Values)> _filters;

    private NetworkFilter(IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters) => _filters = filters;

    /// <summary>Parses the query's JSON; null or empty for no filter.</summary>
    /// <exception cref="CnmException">InvalidParameter: not a filter object, an unknown key, or a value that its key does not
    /// take.</exception>
    public static NetworkFilter Parse(string? json)
    {
        IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters = FilterJson.Read(json, Keys);
        FilterJson.RequireValues(filters, "type", ["builtin", "custom"]);
        FilterJson.RequireValues(filters, "scope", ["global", "local", "swarm"]);
        FilterJson.RequireValues(filters, DanglingKey, ["true", "false", "1", "0"]);
        return new NetworkFilter(filters);
    }

    /// <summary>Whether a network has all that is asked for.</summary>
    /// <param name="network">The network.</param>
    /// <param name="model">The model that it is in.</param>
    public bool Matches(Network network, ModelSnapshot model) => _filters.All(f => f.Key == "label"
        ? f.Values.All(value => FilterJson.MatchesLabel(network.Labels, value))
        : f.Values.Any(value => Matches(network, model, f.Key, value)));

    private static bool Matches(Network network, ModelSnapshot model, string key, string value) => key switch
    {
        DanglingKey => value is "true" or "1" == model.IsUnused(network),
        "driver" => network.Driver == value,
        "id" => FilterJson.MatchesText(network.Id.Value, value),
        "name" => FilterJson.MatchesText(network.Name, value),
        "scope" => value == "local",
        _ => value == (network.IsPredefined ? "builtin" : "custom"),
    };
}
