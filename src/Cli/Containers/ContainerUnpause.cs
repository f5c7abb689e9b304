using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl unpause</c>: lets the processes of paused containers go on and prints each name that was given.</summary>
internal sealed class ContainerUnpause : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");

    public ContainerUnpause()
        : base("unpause", "Let the processes of paused containers go on") => Add(_containers);

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl unpause web";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken) =>
        context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
        {
            await context.Api.UnpauseContainerAsync(name, cancellationToken);
            context.Output.WriteLine(name);
        });
}
