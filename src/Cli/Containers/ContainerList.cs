using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.CommandLines;
using Net.Cli.Formats;

namespace Net.Cli.Containers;

/// <summary><c>netctl ps</c>: lists containers.</summary>
internal sealed class ContainerList : Verb
{
    private readonly Option<bool> _all = Flags.Switch("--all", "-a", "Also those whose command does not run");
    private readonly Option<bool> _quiet = Flags.Switch("--quiet", "-q", "Print ids only");
    private readonly Option<bool> _noTruncate = Flags.Switch("--no-trunc", null, "Do not cut ids and commands");
    private readonly Option<string?> _format = Flags.One("--format", null, "FORMAT", "table, json, or a Go template such as '{{.Names}}'");

    public ContainerList()
        : base("ps", "List containers")
    {
        Add(_all);
        Add(_quiet);
        Add(_noTruncate);
        Add(_format);
    }

    public override string Example =>
        "netctl ps -a\n"
        + "netctl ps --format 'table {{.Names}}\\t{{.Ports}}'";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        var format = ListFormat.Parse(parsed.GetValue(_quiet) ? "{{.ID}}" : parsed.GetValue(_format), ContainerRows.DefaultColumns);
        bool showsLinks = !parsed.GetValue(_quiet) && parsed.GetValue(_format) is null or "" or "table";
        IReadOnlyList<ContainerSummary> containers = await context.Api.ListContainersAsync(parsed.GetValue(_all), cancellationToken);
        context.Output.Write(format.Render(
            ContainerRows.Of(containers, !parsed.GetValue(_noTruncate), context.Time.GetUtcNow(), showsLinks), ContainerRows.Headings));
        return 0;
    }
}
