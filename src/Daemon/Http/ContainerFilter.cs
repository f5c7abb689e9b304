using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Daemon.Http.Views;

namespace Net.Daemon.Http;

/// <summary>The <c>filters</c> query of the container list, as Docker has it.</summary>
internal sealed class ContainerFilter
{
    private const string StatusKey = "status";

    private static readonly string[] States = ["created", "restarting", "running", "removing", "paused", "exited", "dead"];

    private readonly IReadOnlyList<(string Key, IReadOnlyList<string> Values)> _filters;

    private ContainerFilter(IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters) => _filters = filters;

    /// <summary>Whether the filter names states. Then containers that do not run are listed too, without <c>all</c>.</summary>
    public bool AsksForState => _filters.Any(f => f.Key == StatusKey);

    /// <summary>Parses the query's JSON; null or empty for no filter.</summary>
    /// <exception cref="CnmException">InvalidParameter: not a filter object, an unknown key, or an unknown state.</exception>
    public static ContainerFilter Parse(string? json)
    {
        IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters = FilterJson.Read(json, ["id", "label", "name", StatusKey]);
        FilterJson.RequireValues(filters, StatusKey, States);
        return new ContainerFilter(filters);
    }

    public bool Matches(Sandbox sandbox) => _filters.All(f => f.Key == "label"
        ? f.Values.All(value => FilterJson.MatchesLabel(sandbox.Labels, value))
        : f.Values.Any(value => Matches(sandbox, f.Key, value)));

    private static bool Matches(Sandbox sandbox, string key, string value) => key switch
    {
        "id" => sandbox.Id.Value.StartsWith(value, StringComparison.Ordinal),
        "name" => sandbox.Name.Contains(value.TrimStart('/'), StringComparison.Ordinal),
        _ => string.Equals(ContainerView.StateWord(sandbox), value, StringComparison.OrdinalIgnoreCase),
    };
}
