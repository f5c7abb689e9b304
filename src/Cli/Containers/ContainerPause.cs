using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl pause</c>: holds up all processes of containers and prints each name that was given.</summary>
internal sealed class ContainerPause : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");

    public ContainerPause()
        : base("pause", "Hold up all processes of containers") => Add(_containers);

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl pause web";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken) =>
        context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
        {
            await context.Api.PauseContainerAsync(name, cancellationToken);
            context.Output.WriteLine(name);
        });
}
