using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl wait</c>: waits until commands have exited and prints their exit codes.</summary>
internal sealed class ContainerWait : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");

    public ContainerWait()
        : base("wait", "Wait until commands have ended and print their exit codes") => Add(_containers);

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl wait web";

    public override bool Removes(ParseResult parsed) => true;

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken) =>
        context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
            context.Output.WriteLine(await context.Api.WaitContainerAsync(name, cancellationToken)));
}
