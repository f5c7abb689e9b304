using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl unpublish</c>: ends the publishing of ports of a container.</summary>
internal sealed class ContainerUnpublish : Verb
{
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly Argument<string[]> _ports = Positional.Some(
        "[IP:][HOST:]PORT[/PROTOCOL]", "8080:80 for that mapping, 80 for every mapping of the container's port; of a range also a part");

    public ContainerUnpublish()
        : base(
            "unpublish",
            "Take published ports of a container back, without a restart\nIts other ports keep their numbers and connections.")
    {
        Add(_container);
        Add(_ports);
    }

    public override bool TakesDryRun => true;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl unpublish web 8443:443";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string container = parsed.GetValue(_container)!;
        var request = new PublishRequest { Ports = parsed.GetValue(_ports) };
        await context.RunAsync(context.Api.UnpublishPorts(container, request), cancellationToken);
        return 0;
    }
}
