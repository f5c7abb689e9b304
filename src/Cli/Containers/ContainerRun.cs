using System.CommandLine;
using Net.Api.Clients;
using Net.Api.Containers;
using Net.Api.Streams;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl run</c>: creates a container and starts a command in it.</summary>
internal sealed class ContainerRun : Verb
{
    private readonly ContainerFlags _flags = new();
    private readonly ProcessFlags _process = new();
    private readonly RestartFlag _restart = new();
    private readonly HealthFlags _health = new();
    private readonly DetachFlag _detach = new();
    private readonly Option<bool> _remove = Flags.Switch("--rm", null, "Remove the container when its command ends");
    private readonly Argument<string[]> _command = Positional.Some(
        "COMMAND [ARG...]", "The command and its arguments; options of netctl stand before it");

    public ContainerRun()
        : base("run",
            "Run a command in a new container\n"
            + "The container has network, mount and UTS namespaces of its own.\n"
            + "It is a network sandbox, not a security one: the command has root's rights, and the host's files and processes.")
    {
        _process.AddTo(this);
        Add(_remove);
        _restart.AddTo(this);
        _health.AddTo(this);
        _detach.AddTo(this);
        _flags.AddTo(this);
        Add(_command);
    }

    public override bool TakesDryRun => true;

    public override bool OptionsEndAtFirstArgument => true;

    public override int FailureExitCode => 125;

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "The command ended with 0, or runs on."),
        new("125", "The command line is wrong, the daemon refuses or cannot be reached, or it failed."),
        .. ExitStatus.NotStarted,
        new(ExitStatus.Other, "That of the command."),
    ];

    public override string Example =>
        "netctl run -d --name web --network front -p 8080:80 busybox httpd -f\n"
        + "netctl run --rm -it --network front sh\n"
        + "netctl --dry-run run -p 8081:80 --network front busybox httpd -f";

    public override bool Removes(ParseResult parsed) => !_process.IsDetached(parsed);

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        DetachKeys keys = _detach.KeysOf(parsed);
        ContainerCreateRequest request = _flags.RequestOf(parsed) with
        {
            Cmd = parsed.GetValue(_command),
            Env = _process.EnvironmentOf(parsed),
            WorkingDir = _process.DirectoryOf(parsed),
            User = _process.UserOf(parsed),
            Tty = _process.HasTerminal(parsed),
            ConsoleSize = _process.ConsoleSizeOf(parsed),
            OpenStdin = _process.HasInput(parsed),
            AutoRemove = parsed.GetValue(_remove),
            RestartPolicy = _restart.PolicyOf(parsed, parsed.GetValue(_remove)),
            Healthcheck = _health.ConfigOf(parsed),
            ExplainStart = true,
        };
        ApiOperation<ContainerCreateResponse> creation = context.Api.CreateContainer(request);
        if (await context.ExplainAsync(creation, cancellationToken))
        {
            return 0;
        }

        bool detached = _process.IsDetached(parsed);
        if (!detached)
        {
            ForegroundSession.CheckTerminal(request.Tty, request.OpenStdin);
        }

        ContainerCreateResponse created = await creation.RunAsync(cancellationToken);
        ContainerCreate.PrintWarnings(created, context);
        string id = created.Id;
        if (detached)
        {
            await StartAsync(context, id, () => context.Api.StartContainerAsync(id, cancellationToken));
            context.Output.WriteLine(id);
            return 0;
        }

        IFrameConnection? connection = null;
        await StartAsync(context, id, async () => connection = await context.Api.StartContainerAttachedAsync(id, cancellationToken));
        await using (connection)
        {
            var session = new ForegroundSession(connection!, request.Tty, request.OpenStdin) { DetachKeys = keys };
            return await session.RunAsync(cancellationToken) ?? 0;
        }
    }

    // A container whose command could not be started is removed, since its id was not printed.
    private static async Task StartAsync(VerbContext context, string id, Func<Task> start)
    {
        try
        {
            await start();
        }
        catch (ApiException error)
        {
            if (await IsKeptAsync(context, id))
            {
                string name = id[..12];
                throw new ApiException(
                    error.Status,
                    $"{error.Message}; container {name} was created and could not be removed either: remove it with netctl rm {name}",
                    error.ExitCode);
            }

            throw;
        }
    }

    // Whether the daemon refuses to remove it.
    private static async Task<bool> IsKeptAsync(VerbContext context, string id)
    {
        try
        {
            await context.Api.RemoveContainer(id, force: true).RunAsync(CancellationToken.None);
            return false;
        }
        catch (ApiException error)
        {
            return !error.IsNotFound; // a container of --rm may have gone already
        }
        catch (DaemonUnreachableException)
        {
            return false; // nobody knows; the first error is enough
        }
    }
}
