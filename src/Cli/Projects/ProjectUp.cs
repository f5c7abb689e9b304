using System.CommandLine;
using System.Globalization;
using Net.Api.Clients;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;
using Net.Labs.Compose.Models;
using Net.Labs.Compose.Running;

namespace Net.Cli.Projects;

/// <summary><c>netctl compose up</c>: makes and starts what the files describe.</summary>
internal sealed class ProjectUp : Verb
{
    private readonly ProjectFlags _flags;
    private readonly Option<bool> _detach = Flags.Switch("--detach", "-d", "Leave the commands running in the background");
    private readonly Option<bool> _recreate = Flags.Switch("--force-recreate", null, "Make containers anew though nothing has changed");
    private readonly Option<bool> _orphans = Flags.Switch(
        "--remove-orphans", null, "Remove containers of services that the file does not have");
    private readonly Option<string[]> _scales = Flags.Many("--scale", null, "SERVICE=NUMBER", "How many containers a service has");
    private readonly Option<bool> _noPrefix = Flags.Switch("--no-log-prefix", null, "Do not write the container's name before its output");
    private readonly Argument<string[]> _services = Positional.Any(
        "SERVICE", "Services to start, with those that they need; all when none");

    public ProjectUp(ProjectFlags flags)
        : base("up",
            "Make and start what the Compose files describe\n"
            + "What is there already and unchanged is left alone.\n"
            + "A service without a command becomes a network sandbox without a process.\n"
            + "In the foreground the output of the commands is printed until they end; Ctrl-C stops them.")
    {
        _flags = flags;
        Add(_detach);
        Add(_recreate);
        Add(_orphans);
        Add(_scales);
        Add(_noPrefix);
        Add(_services);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => [ExitStatus.Success, ExitStatus.Failure, ExitStatus.Interrupted];

    public override string Example =>
        "netctl compose up -d\n"
        + "netctl compose -f shop.yaml -f lab.yaml up --scale web=3 web";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        ComposeProject project = _flags.Read(parsed, context, source => source with
        {
            Scales = ScalesOf(parsed),
            Services = parsed.GetValue(_services) ?? [],
        });
        using var interruption = new Interruption(cancellationToken);
        DateTimeOffset began = context.Time.GetUtcNow();
        int things = project.Networks.Count(network => !network.IsExternal) + project.Services.Sum(service => service.Scale);
        IReadOnlyList<string> containers = await ProjectBoard.RunAsync(
            context.Error,
            things,
            report => new ComposeUp(context.Api, report, project)
            {
                RecreatesAll = parsed.GetValue(_recreate),
                RemovesOrphans = parsed.GetValue(_orphans),
                Services = parsed.GetValue(_services) ?? [],
            }.RunAsync(interruption.Token));
        if (!parsed.GetValue(_detach))
        {
            await FollowAsync(
                project, containers, new LogSelection { Follow = true, Since = began }, parsed.GetValue(_noPrefix), context, interruption);
        }

        return 0;
    }

    // As in Docker Compose: Ctrl-C stops what was started, and removes nothing.
    private static async Task FollowAsync(
        ComposeProject project,
        IReadOnlyList<string> containers,
        LogSelection selection,
        bool noPrefix,
        VerbContext context,
        Interruption interruption)
    {
        ProjectState state = await ProjectState.ReadAsync(context.Api, project.Name, interruption.Token);
        ProjectContainer[] followed = [.. state.Containers.Where(container => containers.Contains(container.Name))];
        try
        {
            using var output = new LabelledOutput(context.Output, context.Error, noPrefix ? null : followed);
            await output.WriteTogetherAsync(context.Api, followed, selection, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            context.Error.WriteLine("stopping; press Ctrl-C again to leave them running");
            using var second = new Interruption(CancellationToken.None);
            await new ComposeStop(context.Api, new ProjectReport(context.Error)).RunAsync(project, followed, second.Token);
        }
    }

    private Dictionary<string, int> ScalesOf(ParseResult parsed)
    {
        var scales = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string text in parsed.GetValue(_scales) ?? [])
        {
            string[] parts = text.Split('=', 2);
            scales[parts[0]] = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new FormatException(
                    $"invalid argument \"{text}\" for \"--scale\" flag: it takes SERVICE=NUMBER, such as web=3");
        }

        return scales;
    }
}
