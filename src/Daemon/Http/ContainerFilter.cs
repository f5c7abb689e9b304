using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;

namespace Net.Daemon.Http;

/// <summary>The <c>filters</c> query of the container list, as Docker has it.</summary>
internal sealed class ContainerFilter
{
    private readonly IReadOnlyList<(string Key, IReadOnlyList<string> Values)> _filters;

    private ContainerFilter(IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters) => _filters = filters;

    /// <summary>Whether the filter names states. Then containers that do not run are listed too, without <c>all</c>.</summary>
    public bool AsksForState => _filters.Any(f => f.Key == "status");

    /// <summary>Parses the query's JSON; null or empty for no filter.</summary>
    /// <exception cref="CnmException">InvalidParameter: not a filter object, or an unknown key.</exception>
    public static ContainerFilter Parse(string? json)
    {
        IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters = FilterJson.Read(json);
        return filters.FirstOrDefault(f => f.Key is not ("id" or "name" or "label" or "status")) is { Key: { } key }
            ? throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid filter '{key}': use id, label, name or status")
            : new ContainerFilter(filters);
    }

    public bool Matches(Sandbox sandbox) => _filters.All(f => f.Values.Any(value => Matches(sandbox, f.Key, value)));

    private static bool Matches(Sandbox sandbox, string key, string value) => key switch
    {
        "id" => sandbox.Id.Value.StartsWith(value, StringComparison.Ordinal),
        "name" => sandbox.Name.Contains(value.TrimStart('/'), StringComparison.Ordinal),
        "label" => FilterJson.MatchesLabel(sandbox.Labels, value),
        _ => string.Equals(sandbox.State.ToString(), value, StringComparison.OrdinalIgnoreCase),
    };
}
