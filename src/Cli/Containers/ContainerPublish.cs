using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl publish</c>: publishes further ports of a container and prints what was chosen.</summary>
internal sealed class ContainerPublish : Verb
{
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly Argument<string[]> _ports = Positional.Some("[IP:][HOST:]PORT[/PROTOCOL]", "Ports as after -p of run");

    public ContainerPublish()
        : base("publish",
            "Publish further ports of a container, without a restart\n"
            + "Its other ports and their connections are not touched. The ports of a container that has ended take "
            + "effect when it is started.")
    {
        Add(_container);
        Add(_ports);
    }

    public override bool TakesDryRun => true;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl publish web 8443:443 9000-9010:9000-9010";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string container = parsed.GetValue(_container)!;
        var request = new PublishRequest { Ports = parsed.GetValue(_ports) };
        if (await context.RunAsync(context.Api.PublishPorts(container, request), cancellationToken) is not { } published)
        {
            return 0;
        }

        foreach (string warning in published.Warnings ?? [])
        {
            context.Error.WriteLine(ErrorText.Warning(warning));
        }

        IReadOnlyList<(string Port, PortBinding Binding)> bindings = PortLines.Of(published.Ports);
        PortLines.Write(context, bindings);
        PortLines.Note(context, published.ForwardedPorts, bindings);
        return 0;
    }
}
