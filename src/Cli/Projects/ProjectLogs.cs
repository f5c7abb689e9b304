using System.CommandLine;
using Net.Api.Clients;
using Net.Cli.CommandLines;
using Net.Cli.Containers;
using Net.Cli.Terminals;
using Net.Labs.Compose.Running;

namespace Net.Cli.Projects;

/// <summary><c>netctl compose logs</c>: prints the output of the commands of a project.</summary>
internal sealed class ProjectLogs : Verb
{
    private readonly ProjectFlags _flags;
    private readonly Option<bool> _follow = Flags.Switch("--follow", "-f", "Go on until the commands end");
    private readonly TailFlag _tail = new();
    private readonly Option<bool> _timestamps = Flags.Switch("--timestamps", "-t", "Write the time of each line before it");
    private readonly Option<bool> _noPrefix = Flags.Switch("--no-log-prefix", null, "Do not write the container's name before its output");
    private readonly Argument<string[]> _services = Positional.Any("SERVICE", "Services whose output is meant; all when none");

    public ProjectLogs(ProjectFlags flags)
        : base("logs", "Print what the commands of a project wrote")
    {
        _flags = flags;
        Add(_follow);
        _tail.AddTo(this);
        Add(_timestamps);
        Add(_noPrefix);
        Add(_services);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => [ExitStatus.Success, ExitStatus.Failure, ExitStatus.Interrupted];

    public override string Example =>
        "netctl compose logs\n"
        + "netctl compose logs -f --tail 20 web";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        var selection = new LogSelection
        {
            Follow = parsed.GetValue(_follow),
            Tail = _tail.Of(parsed),
            Timestamps = parsed.GetValue(_timestamps),
        };
        IReadOnlyList<ProjectContainer> containers = await ProjectContainers.ReadAsync(
            _flags, parsed, context, parsed.GetValue(_services) ?? [], cancellationToken);
        using var interruption = new Interruption(cancellationToken);
        using var output = new LabelledOutput(context.Output, context.Error, parsed.GetValue(_noPrefix) ? null : containers);
        if (selection.Follow)
        {
            await output.WriteTogetherAsync(context.Api, containers, selection, interruption.Token);
            return 0;
        }

        foreach (ProjectContainer container in containers)
        {
            await output.WriteAsync(context.Api, container, selection, interruption.Token);
        }

        return 0;
    }
}
