using Net.Cnm.Errors;
using Net.Controller.Events;

namespace Net.Daemon.Http;

/// <summary>The <c>filters</c> query of the events, as Docker has it: values of one key are alternatives, except labels, which must all be
/// there.</summary>
internal sealed class EventFilter
{
    private static readonly string[] Keys = ["container", "daemon", "event", "label", "network", "scope", "type"];

    // Docker's keys for what does not exist here: no event is of such an object.
    private static readonly string[] KeysOfOthers = ["config", "image", "node", "plugin", "secret", "service", "volume"];

    private readonly IReadOnlyList<(string Key, IReadOnlyList<string> Values)> _filters;

    private EventFilter(IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters) => _filters = filters;

    /// <summary>Parses the query's JSON; null or empty for no filter.</summary>
    /// <exception cref="CnmException">InvalidParameter: not a filter object, or an unknown key.</exception>
    public static EventFilter Parse(string? json) => new(FilterJson.Read(json, [.. Keys, .. KeysOfOthers]));

    /// <summary>Whether an event is asked for.</summary>
    public bool Matches(CnmEvent happened) => _filters.All(f => f.Key == "label"
        ? f.Values.All(value => FilterJson.MatchesLabel(happened.Attributes, value))
        : f.Values.Any(value => Matches(happened, f.Key, value)));

    private static bool Matches(CnmEvent happened, string key, string value) => key switch
    {
        "type" => EventView.TypeOf(happened.Kind) == value,
        "event" => happened.Action == value || happened.Action.StartsWith($"{value}: ", StringComparison.Ordinal),
        "scope" => value == "local",
        "container" => (happened.Kind == EventKind.Container && IsOf(happened, value))
            || happened.Attributes.GetValueOrDefault("container")?.StartsWith(value, StringComparison.Ordinal) == true,
        "network" => happened.Kind == EventKind.Network && IsOf(happened, value),
        "daemon" => happened.Kind == EventKind.Daemon && IsOf(happened, value),
        _ => false,
    };

    private static bool IsOf(CnmEvent happened, string value) =>
        happened.Attributes.GetValueOrDefault("name") == value.TrimStart('/')
        || (value.Length > 0 && happened.Id.StartsWith(value, StringComparison.Ordinal));
}
