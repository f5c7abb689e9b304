using System.CommandLine;
using Net.Api.Clients;
using Net.Api.Containers;
using Net.Api.Streams;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl attach</c>: connects to the streams of a command that runs already.</summary>
internal sealed class ContainerAttach : Verb
{
    private readonly DetachFlag _detach = new();
    private readonly Option<bool> _noInput = Flags.Switch("--no-stdin", null, "Do not pass standard input on");
    private readonly Option<bool> _signals = Flags.Switch(
        "--sig-proxy", null, "Pass signals on to a command without a terminal; default true");

    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");

    public ContainerAttach()
        : base("attach",
            "Connect to the streams of a command that runs\n"
            + "What it writes from now on is shown, and it reads this program's input when it was started with -i. The exit code is that "
            + "of the command.")
    {
        _signals.DefaultValueFactory = _ => true;
        _detach.AddTo(this);
        Add(_noInput);
        Add(_signals);
        Add(_container);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "The command ended with 0."),
        ExitStatus.OneFor("It was left by the keys"),
        new(ExitStatus.Other, "That of the command."),
    ];

    public override string Example =>
        "netctl attach web\n"
        + "netctl attach --no-stdin --sig-proxy=false web";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string name = parsed.GetValue(_container)!;
        DetachKeys keys = _detach.KeysOf(parsed);
        ContainerDetails container = await context.Api.InspectContainerAsync(name, cancellationToken);
        if (WhyNot(container.State) is { } reason)
        {
            throw new FormatException(reason);
        }

        bool terminal = container.Config.Tty;
        bool input = container.Config.OpenStdin && !parsed.GetValue(_noInput);
        ForegroundSession.CheckTerminal(terminal, input);
        IFrameConnection connection = await context.Api.AttachContainerAsync(name, cancellationToken);
        await using (connection)
        {
            var session = new ForegroundSession(connection, terminal, input)
            {
                DetachKeys = keys,
                PassesSignals = parsed.GetValue(_signals) && !terminal,
                PassesEndOfInput = false, // the command may have other clients, now or later
                Redraws = true,
            };
            return await session.RunAsync(cancellationToken) ?? DetachFlag.Left(context);
        }
    }

    private static string? WhyNot(ContainerState state) => state switch
    {
        { Paused: true } => "cannot attach to a paused container, unpause it first",
        { Restarting: true } => "cannot attach to a restarting container, wait until it is running",
        { Running: false } => "cannot attach to a stopped container, start it first",
        _ => null,
    };
}
