using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;

namespace Net.Daemon.Http;

/// <summary>Docker's <c>filters</c> of the container list.</summary>
internal sealed class ContainerFilter
{
    private readonly IReadOnlyList<(string Key, IReadOnlyList<string> Values)> _wanted;

    private ContainerFilter(IReadOnlyList<(string Key, IReadOnlyList<string> Values)> wanted) => _wanted = wanted;

    /// <summary>Whether the states wanted are named, so that stopped containers count without <c>all</c>.</summary>
    public bool AsksForState => _wanted.Any(w => w.Key == "status");

    /// <exception cref="CnmException">InvalidParameter: not a filter object, or a key that is not known.</exception>
    public static ContainerFilter Parse(string? json)
    {
        IReadOnlyList<(string Key, IReadOnlyList<string> Values)> wanted = FilterJson.Read(json);
        return wanted.FirstOrDefault(w => w.Key is not ("id" or "name" or "label" or "status")) is { Key: { } key }
            ? throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid filter '{key}': use id, label, name or status")
            : new ContainerFilter(wanted);
    }

    public bool Matches(Sandbox sandbox) => _wanted.All(w => w.Values.Any(value => Matches(sandbox, w.Key, value)));

    private static bool Matches(Sandbox sandbox, string key, string value) => key switch
    {
        "id" => sandbox.Id.Value.StartsWith(value, StringComparison.Ordinal),
        "name" => sandbox.Name.Contains(value.TrimStart('/'), StringComparison.Ordinal),
        "label" => FilterJson.MatchesLabel(sandbox.Labels, value),
        _ => string.Equals(sandbox.State.ToString(), value, StringComparison.OrdinalIgnoreCase),
    };
}
