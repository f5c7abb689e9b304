using Net.Cnm.Errors;
using Net.Cnm.Networks;

namespace Net.Daemon.Http;

/// <summary>The <c>filters</c> query of the network list, as Docker has it.</summary>
internal sealed class NetworkFilter
{
    private readonly Dictionary<string, IReadOnlyList<string>> _filters;

    private NetworkFilter(Dictionary<string, IReadOnlyList<string>> filters) => _filters = filters;

    /// <summary>Parses the query's JSON; null or empty for no filter.</summary>
    /// <exception cref="CnmException">InvalidParameter: not a filter object, or an unknown key.</exception>
    public static NetworkFilter Parse(string? json)
    {
        var filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach ((string key, IReadOnlyList<string> values) in FilterJson.Read(json))
        {
            filters[key] = key is "driver" or "id" or "name" or "label" or "scope" or "type"
                ? values
                : throw new CnmException(
                    CnmErrorKind.InvalidParameter, $"invalid filter '{key}': use driver, id, label, name, scope or type");
        }

        return new NetworkFilter(filters);
    }

    public bool Matches(Network network) => _filters.All(f => f.Value.Any(value => Matches(network, f.Key, value)));

    private static bool Matches(Network network, string key, string value) => key switch
    {
        "driver" => network.Driver == value,
        "id" => network.Id.Value.StartsWith(value, StringComparison.Ordinal),
        "name" => network.Name.Contains(value, StringComparison.Ordinal),
        "label" => FilterJson.MatchesLabel(network.Labels, value),
        "scope" => value == "local",
        _ => value == (network.IsPredefined ? "builtin" : "custom"),
    };
}
