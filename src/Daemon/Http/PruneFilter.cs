using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;

namespace Net.Daemon.Http;

/// <summary>The <c>filters</c> query of a removal of all unused networks, or of all containers that do not run, as Docker has it.</summary>
internal sealed class PruneFilter
{
    private const string UntilKey = "until";
    private const string LabelKey = "label";
    private const string NotLabelKey = "label!";

    private readonly DateTimeOffset? _until;
    private readonly IReadOnlyList<string> _labels;
    private readonly IReadOnlyList<string> _notLabels;

    private PruneFilter(DateTimeOffset? until, IReadOnlyList<string> labels, IReadOnlyList<string> notLabels)
    {
        _until = until;
        _labels = labels;
        _notLabels = notLabels;
    }

    /// <summary>Parses the query's JSON; null or empty for no filter.</summary>
    /// <param name="json">The query.</param>
    /// <param name="now">The current time, from which a duration counts back.</param>
    /// <exception cref="CnmException">InvalidParameter: not a filter object, an unknown key, or not one moment.</exception>
    public static PruneFilter Parse(string? json, DateTimeOffset now)
    {
        IReadOnlyList<(string Key, IReadOnlyList<string> Values)> filters = FilterJson.Read(json, [LabelKey, NotLabelKey, UntilKey]);
        IReadOnlyList<string> moments = Values(UntilKey);
        return moments.Count > 1
            ? throw new CnmException(CnmErrorKind.InvalidParameter, "more than one until filter specified; give the latest alone")
            : new PruneFilter(moments is [var moment] ? MomentParameter.Parse(moment, now) : null, Values(LabelKey), Values(NotLabelKey));

        IReadOnlyList<string> Values(string key) => [.. filters.Where(f => f.Key == key).SelectMany(f => f.Values)];
    }

    /// <summary>Whether a network was made by the moment, has all labels, and has none of the others.</summary>
    public bool Matches(Network network) => Matches(network.Created, network.Labels);

    /// <summary>As for a network.</summary>
    public bool Matches(Sandbox sandbox) => Matches(sandbox.Created, sandbox.Labels);

    private bool Matches(DateTimeOffset created, IReadOnlyDictionary<string, string> labels) =>
        (_until is not { } until || created <= until)
        && _labels.All(label => FilterJson.MatchesLabel(labels, label))
        && !_notLabels.Any(label => FilterJson.MatchesLabel(labels, label));
}
