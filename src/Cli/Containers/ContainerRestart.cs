using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl restart</c>: stops containers and starts them again, and prints each name that was given.</summary>
internal sealed class ContainerRestart : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");
    private readonly StopFlags _flags = new();

    public ContainerRestart()
        : base("restart", "Stop containers and start them again\nThose that do not run are only started.")
    {
        _flags.AddTo(this);
        Add(_containers);
    }

    public override string Example => "netctl restart -t 30 web";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        int? seconds = _flags.SecondsOf(parsed);
        return context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
        {
            await context.Api.RestartContainerAsync(name, seconds, _flags.SignalOf(parsed), cancellationToken);
            context.Output.WriteLine(name);
        });
    }
}
