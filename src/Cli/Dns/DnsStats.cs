using System.CommandLine;
using Net.Api;
using Net.Api.Dns;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Templates;

namespace Net.Cli.Dns;

/// <summary><c>netctl dns stats</c>: the statistics of the resolver.</summary>
internal sealed class DnsStats : Verb
{
    private readonly Option<string?> _format = Flags.One(
        "--format", "-f", "FORMAT", "json, or a Go template such as '{{range .Containers}}{{.Name}} {{.Queries}}{{println}}{{end}}'");
    private readonly Argument<string?> _container = Positional.Optional("CONTAINER", "Name or id of the one container that is of interest");

    public DnsStats()
        : base("stats",
            "Show what the resolver has done\n"
            + "A line a container and the total, then the cache and the servers. OWN NAMES were answered from the names of the container's "
            + "networks, CACHED from the cache, FORWARDED by servers; FAILED are those of them that no server answered. INTERNAL were not "
            + "sent on because the container has internal networks only, OVER LIMIT because too many were under way. REJECTED were no "
            + "question that is served, DROPPED no question at all.")
    {
        Add(_format);
        Add(_container);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl dns stats\n"
        + "netctl dns stats app";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string? text = parsed.GetValue(_format);
        var format = InspectFormat.Parse(text);
        DnsStatsResponse stats = await context.Api.GetDnsStatsAsync(parsed.GetValue(_container), cancellationToken);
        context.Output.Write(string.IsNullOrEmpty(text)
            ? DnsStatsTable.Of(stats)
            : format.Render([TemplateDocument.Of(stats, ApiJson.Wire.DnsStatsResponse)]));
        return 0;
    }
}
