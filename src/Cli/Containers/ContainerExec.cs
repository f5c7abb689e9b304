using System.CommandLine;
using Net.Api.Clients;
using Net.Api.Executions;
using Net.Api.Streams;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl exec</c>: runs one more command in a container.</summary>
internal sealed class ContainerExec : Verb
{
    private readonly ProcessFlags _process = new();
    private readonly DetachFlag _detach = new();
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly Argument<string[]> _command = Positional.Some("COMMAND [ARG...]", "The command and its arguments");

    public ContainerExec()
        : base("exec", "Run a further command in a container")
    {
        _process.AddTo(this);
        _detach.AddTo(this);
        Add(_container);
        Add(_command);
    }

    public override bool OptionsEndAtFirstArgument => true;

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "The command ended with 0, or runs on in the background."),
        ExitStatus.OneFor("It was left by the keys"),
        .. ExitStatus.NotStarted,
        new(ExitStatus.Other, "That of the command."),
    ];

    public override string Example =>
        "netctl exec app curl -s http://web/\n"
        + "netctl exec -it app sh";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        DetachKeys keys = _detach.KeysOf(parsed);
        var request = new ExecCreateRequest
        {
            Cmd = parsed.GetValue(_command),
            Env = _process.EnvironmentOf(parsed),
            WorkingDir = _process.DirectoryOf(parsed),
            User = _process.UserOf(parsed),
            Tty = _process.HasTerminal(parsed),
            ConsoleSize = _process.ConsoleSizeOf(parsed),
            AttachStdin = _process.HasInput(parsed),
        };
        bool detached = _process.IsDetached(parsed);
        if (!detached)
        {
            ForegroundSession.CheckTerminal(request.Tty, request.AttachStdin);
        }

        string id = await context.Api.CreateExecAsync(parsed.GetValue(_container)!, request, cancellationToken);
        if (detached)
        {
            await context.Api.StartExecAsync(id, cancellationToken);
            return 0;
        }

        IFrameConnection connection = await context.Api.StartExecAttachedAsync(id, cancellationToken);
        await using (connection)
        {
            var session = new ForegroundSession(connection, request.Tty, request.AttachStdin) { DetachKeys = keys };
            return await session.RunAsync(cancellationToken) ?? DetachFlag.Left(context);
        }
    }
}
