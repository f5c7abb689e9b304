using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl kill</c>: sends a signal to commands and prints each name that was given.</summary>
internal sealed class ContainerKill : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");
    private readonly Option<string?> _signal = Flags.One(
        "--signal", "-s", "SIGNAL", "Signal to send, a name or a number; KILL when not given");

    public ContainerKill()
        : base("kill", "Send a signal to the command of containers")
    {
        Add(_signal);
        Add(_containers);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl kill -s HUP web";

    public override bool Removes(ParseResult parsed) => true;

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken) =>
        context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
        {
            await context.Api.KillContainerAsync(name, parsed.GetValue(_signal), cancellationToken);
            context.Output.WriteLine(name);
        });
}
