using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl stop</c>: stops commands and all that they left running, and prints each name that was given.</summary>
internal sealed class ContainerStop : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");
    private readonly StopFlags _flags = new();

    public ContainerStop()
        : base("stop", "End the command of containers, and all that it left running")
    {
        _flags.AddTo(this);
        Add(_containers);
    }

    public override string Example => "netctl stop -t 30 web app";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        int? seconds = _flags.SecondsOf(parsed);
        return context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
        {
            await context.Api.StopContainerAsync(name, seconds, _flags.SignalOf(parsed), cancellationToken);
            context.Output.WriteLine(name);
        });
    }
}
