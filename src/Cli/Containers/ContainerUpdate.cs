using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl update</c>: changes the restart policy of containers and prints each name that was given.</summary>
internal sealed class ContainerUpdate : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");
    private readonly RestartFlag _restart = new();

    public ContainerUpdate()
        : base("update", "Change the restart policy of containers")
    {
        _restart.AddTo(this);
        Add(_containers);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl update --restart unless-stopped web";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        RestartPolicy policy = _restart.PolicyOf(parsed)
            ?? throw new FormatException("you must provide one or more flags when using this command: give --restart");
        return context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
        {
            await context.Api.UpdateContainerAsync(name, new ContainerUpdateRequest { RestartPolicy = policy }, cancellationToken);
            context.Output.WriteLine(name);
        });
    }
}
