using Net.Cnm.Errors;
using Net.Cnm.Networks;

namespace Net.Daemon.Http;

/// <summary>Docker's <c>filters</c> of the network list: a JSON object of key to values, in the older form key to {value: true}.</summary>
internal sealed class NetworkFilter
{
    private readonly Dictionary<string, IReadOnlyList<string>> _wanted;

    private NetworkFilter(Dictionary<string, IReadOnlyList<string>> wanted) => _wanted = wanted;

    /// <exception cref="CnmException">InvalidParameter: not such an object, or a key that is not known.</exception>
    public static NetworkFilter Parse(string? json)
    {
        var wanted = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach ((string key, IReadOnlyList<string> values) in FilterJson.Read(json))
        {
            wanted[key] = key is "driver" or "id" or "name" or "label" or "scope" or "type"
                ? values
                : throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid filter '{key}': use driver, id, label, name, scope or type");
        }

        return new NetworkFilter(wanted);
    }

    public bool Matches(Network network) => _wanted.All(w => w.Value.Any(value => Matches(network, w.Key, value)));

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
