using System.CommandLine;
using System.Globalization;
using Net.Api;
using Net.Api.Clients;
using Net.Api.Events;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Networks;
using Net.Cli.Templates;

namespace Net.Cli.Events;

/// <summary><c>netctl events</c>: what happens to networks and containers, as it happens.</summary>
internal sealed class EventsFollow : Verb
{
    private static readonly string[] Known = ["container", "daemon", "event", "label", "network", "scope", "type"];

    private readonly Option<string?> _since = Flags.One(
        "--since", null, "TIME", "Also what happened since then: a time, or how long ago, such as 10m");
    private readonly Option<string?> _until = Flags.One("--until", null, "TIME", "End then");
    private readonly Option<string[]> _filters = Flags.Many(
        "--filter", "-f", "FILTER", "Only events with container=, daemon=, event=, label=, network=, scope= or type= so");
    private readonly Option<string?> _format = Flags.One(
        "--format", null, "FORMAT", "json, or a Go template such as '{{.Type}} {{.Action}}'");

    public EventsFollow()
        : base("events", "Follow what happens to networks and containers\nThe daemon keeps the latest 256 events for --since.")
    {
        Add(_since);
        Add(_until);
        Add(_filters);
        Add(_format);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl events --since 10m -f type=network\n"
        + "netctl events --format '{{.Action}} {{.Actor.Attributes.name}}'";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string? text = parsed.GetValue(_format);
        var format = InspectFormat.Parse(text);
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters = FilterWords.Parse(parsed.GetValue(_filters)!, Known);
        string? until = parsed.GetValue(_until);
        await foreach (EventMessage happened in context.Api.FollowEventsAsync(
            parsed.GetValue(_since), until, filters, cancellationToken))
        {
            context.Output.Write(string.IsNullOrEmpty(text)
                ? Line(happened) + "\n"
                : format.Render([TemplateDocument.Of(happened, ApiJson.Wire.EventMessage)]));
        }

        return until is not null
            ? 0
            : throw new DaemonUnreachableException(
                $"the netctl daemon at {context.Api.Address} has ended, and its events with it: start it again");
    }

    // Docker's line: the time with nanoseconds, what, which, and the attributes in the order of their names.
    private static string Line(EventMessage happened)
    {
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddTicks(happened.TimeNano / TimeSpan.NanosecondsPerTick).ToLocalTime();
        string nanoseconds = (happened.TimeNano % 1_000_000_000).ToString("d9", CultureInfo.InvariantCulture);
        string zone = time.Offset == TimeSpan.Zero ? "Z" : time.ToString("zzz", CultureInfo.InvariantCulture);
        string attributes = string.Join(
            ", ", happened.Actor.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        return $"{time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}.{nanoseconds}{zone} {happened.Type} "
            + $"{happened.Action} {happened.Actor.ID}{(attributes.Length > 0 ? $" ({attributes})" : "")}";
    }
}
