using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl start</c>: starts containers that have ended or were only created, and prints each name that was given.</summary>
internal sealed class ContainerStart : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");

    public ContainerStart()
        : base("start", "Start the command of containers, or bring up containers without one") => Add(_containers);

    public override string Example => "netctl start web";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken) =>
        context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
        {
            await context.Api.StartContainerAsync(name, cancellationToken);
            context.Output.WriteLine(name);
        });
}
