using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl rename</c>: gives a container another name. Nothing is printed.</summary>
internal sealed class ContainerRename : Verb
{
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly Argument<string> _name = Positional.One("NEW_NAME", "Its new name");

    public ContainerRename()
        : base("rename", "Give a container another name\nIts names in DNS and for ip netns follow; its connections go on.")
    {
        Add(_container);
        Add(_name);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl rename web shop";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        await context.Api.RenameContainerAsync(parsed.GetValue(_container)!, parsed.GetValue(_name)!, cancellationToken);
        return 0;
    }
}
