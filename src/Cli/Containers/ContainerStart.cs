using System.CommandLine;
using Net.Api.Clients;
using Net.Api.Containers;
using Net.Api.Streams;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl start</c>: starts containers that have ended or were only created, and prints each name that was given; or starts
/// one and connects to its streams.</summary>
internal sealed class ContainerStart : Verb
{
    private readonly DetachFlag _detach = new();
    private readonly Option<bool> _attach = Flags.Switch("--attach", "-a", "Show what the command writes, and end as it ends");
    private readonly Option<bool> _interactive = Flags.Switch("--interactive", "-i", "Pass standard input on, too");
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");

    public ContainerStart()
        : base("start", "Start the command of containers, or bring up containers without one")
    {
        Add(_attach);
        Add(_interactive);
        _detach.AddTo(this);
        Add(_containers);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "It succeeded; with `-a` or `-i`, the command ended with 0 or was left by the keys."),
        ExitStatus.Failure,
        new("126", "With `-a` or `-i`: the command cannot be executed."),
        new("127", "With `-a` or `-i`: the command is not found."),
        new(ExitStatus.Other, "With `-a` or `-i`: that of the command."),
    ];

    public override string Example => "netctl start web\nnetctl start -ai shell";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string[] names = parsed.GetValue(_containers)!;
        DetachKeys keys = _detach.KeysOf(parsed);
        return parsed.GetValue(_attach) || parsed.GetValue(_interactive)
            ? names is [var name]
                ? AttachAsync(name, keys, parsed.GetValue(_interactive), context, cancellationToken)
                : throw new FormatException("you cannot start and attach multiple containers at once: name one, or leave out -a and -i")
            : context.ForEachAsync(names, async one =>
            {
                await context.Api.StartContainerAsync(one, cancellationToken);
                context.Output.WriteLine(one);
            });
    }

    private static async Task<int> AttachAsync(
        string name, DetachKeys keys, bool input, VerbContext context, CancellationToken cancellationToken)
    {
        ContainerDetails container = await context.Api.InspectContainerAsync(name, cancellationToken);
        bool terminal = container.Config.Tty;
        input &= container.Config.OpenStdin;
        ForegroundSession.CheckTerminal(terminal, input);
        await using IFrameConnection connection = await context.Api.StartContainerAttachedAsync(name, cancellationToken);
        var session = new ForegroundSession(connection, terminal, input)
        {
            DetachKeys = keys,
            PassesSignals = !terminal,
        };
        return await session.RunAsync(cancellationToken) ?? 0;
    }
}
