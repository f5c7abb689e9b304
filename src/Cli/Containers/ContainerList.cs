using System.CommandLine;
using System.Globalization;
using Net.Api.Clients;
using Net.Api.Containers;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Networks;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl ps</c>: lists containers.</summary>
internal sealed class ContainerList : Verb
{
    private readonly Option<bool> _all = Flags.Switch("--all", "-a", "Also those whose command does not run");
    private static readonly string[] Known =
    [
        "ancestor", "before", "exited", "expose", "health", "id", "is-task", "label", "name", "network", "publish", "since", "status",
        "volume",
    ];

    private readonly Option<string[]> _filters = Flags.Many(
        "--filter", "-f", "FILTER",
        "Only containers with id=, name=, label=, status=, exited=, network=, publish=, expose=, before=, since=, health=, is-task= or "
        + "volume= so");
    private readonly Option<string?> _last = Flags.One("--last", "-n", "N", "The N newest, whether they run or not; -1 for no limit");
    private readonly Option<bool> _latest = Flags.Switch("--latest", "-l", "The newest, whether it runs or not");
    private readonly Option<bool> _quiet = Flags.Switch("--quiet", "-q", "Print ids only");
    private readonly Option<bool> _noTruncate = Flags.Switch("--no-trunc", null, "Do not cut ids and commands");
    private readonly Option<bool> _size = Flags.Switch(
        "--size", "-s", "Also the size of files, which is 0: a container has none of its own");
    private readonly Option<string?> _format = Flags.One("--format", null, "FORMAT", "table, json, or a Go template such as '{{.Names}}'");

    public ContainerList()
        : base("ps", "List containers")
    {
        Add(_all);
        Add(_filters);
        Add(_last);
        Add(_latest);
        Add(_quiet);
        Add(_noTruncate);
        Add(_size);
        Add(_format);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl ps -a\n"
        + "netctl ps -f network=front -f status=running\n"
        + "netctl ps --format 'table {{.Names}}\\t{{.Ports}}'";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        var format = ListFormat.Parse(
            parsed.GetValue(_quiet) ? "{{.ID}}" : parsed.GetValue(_format),
            ContainerRows.DefaultColumns + (parsed.GetValue(_size) ? "\t{{.Size}}" : ""));
        bool showsLinks = !parsed.GetValue(_quiet) && parsed.GetValue(_format) is null or "" or "table";
        IReadOnlyList<ContainerSummary> containers = await context.Api.ListContainersAsync(
            new ContainerQuery
            {
                All = parsed.GetValue(_all),
                Limit = LimitOf(parsed),
                Filters = FilterWords.Parse(parsed.GetValue(_filters)!, Known),
            },
            cancellationToken);
        context.Output.Write(format.Render(
            ContainerRows.Of(containers, !parsed.GetValue(_noTruncate), context.Time.GetUtcNow(), showsLinks), ContainerRows.Headings));
        return 0;
    }

    // As with Docker, a limit that is given counts more than --latest.
    private int? LimitOf(ParseResult parsed) => parsed.GetValue(_last) is not { } text ? (parsed.GetValue(_latest) ? 1 : null)
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int limit)
            ? limit > 0 ? limit : parsed.GetValue(_latest) ? 1 : null
        : throw new FormatException(
            $"invalid argument {TerminalText.Word(text)} for \"-n, --last\" flag: it takes a whole number");
}
