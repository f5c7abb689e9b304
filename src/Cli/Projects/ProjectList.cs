using System.CommandLine;
using System.Text.Json.Nodes;
using Net.Api.Containers;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Labs.Compose.Running;

namespace Net.Cli.Projects;

/// <summary><c>netctl compose ps</c>: lists the containers of a project.</summary>
internal sealed class ProjectList : Verb
{
    private const string DefaultColumns = "{{.Name}}\t{{.Command}}\t{{.Service}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}";
    private const string NoProcess = "(no process)";

    private readonly ProjectFlags _flags;
    private readonly Option<bool> _all = Flags.Switch("--all", "-a", "Also those whose command does not run");
    private readonly Option<bool> _quiet = Flags.Switch("--quiet", "-q", "Print ids only");
    private readonly Option<bool> _names = Flags.Switch("--services", null, "Print the names of services only");
    private readonly Option<string?> _format = Flags.One("--format", null, "FORMAT", "table, json, or a Go template such as '{{.Name}}'");
    private readonly Argument<string[]> _services = Positional.Any("SERVICE", "Services to list; all when none");

    public ProjectList(ProjectFlags flags)
        : base("ps", "List the containers of a project")
    {
        _flags = flags;
        Add(_all);
        Add(_quiet);
        Add(_names);
        Add(_format);
        Add(_services);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl compose ps -a\n"
        + "netctl compose ps --format json web";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        var format = ListFormat.Parse(
            parsed.GetValue(_quiet) ? "{{.ID}}" : parsed.GetValue(_names) ? "{{.Service}}" : parsed.GetValue(_format), DefaultColumns);
        IReadOnlyList<ProjectContainer> containers = await ProjectContainers.ReadAsync(
            _flags, parsed, context, parsed.GetValue(_services) ?? [], cancellationToken);
        IEnumerable<ProjectContainer> shown = containers.Where(container => parsed.GetValue(_all) || container.IsRunning);
        shown = parsed.GetValue(_names) ? shown.DistinctBy(container => container.Service) : shown;
        var headings = new Dictionary<string, string>(ContainerRows.Headings) { ["Name"] = "NAME", ["Service"] = "SERVICE" };
        context.Output.Write(format.Render(
            [.. shown.Select(container => Row(container, parsed.GetValue(_quiet), context.Time.GetUtcNow()))], headings));
        return 0;
    }

    private static JsonObject Row(ProjectContainer container, bool wholeIds, DateTimeOffset now)
    {
        ContainerSummary summary = container.Summary;
        JsonObject row = ContainerRows.Of([summary], truncate: !wholeIds, now)[0];
        row["Name"] = container.Name;
        row["Service"] = container.Service;
        row["Command"] = summary.Command.Length > 0 ? (string?)row["Command"] : NoProcess;
        return row;
    }
}
