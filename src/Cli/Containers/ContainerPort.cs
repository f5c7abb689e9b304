using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl port</c>: prints the host ports of a container.</summary>
internal sealed class ContainerPort : Verb
{
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly Argument<string?> _port = Positional.Optional(
        "PORT[/PROTOCOL]", "Only this port of the container; tcp when no protocol is given");

    public ContainerPort()
        : base("port",
            "Show where the ports of a container are published\n"
            + "Standard error says behind which of them the container does not see its clients' addresses.")
    {
        Add(_container);
        Add(_port);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl port web\n"
        + "netctl port web 80/tcp";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string container = parsed.GetValue(_container)!;
        ContainerDetails details = await context.Api.InspectContainerAsync(container, cancellationToken);
        IReadOnlyList<(string Port, PortBinding Binding)> bindings = PortLines.Of(details.NetworkSettings.Ports);
        if (parsed.GetValue(_port) is { } asked)
        {
            string wanted = PortLines.Parse(asked);
            bindings = [.. bindings.Where(b => b.Port == wanted)];
            if (bindings.Count == 0)
            {
                throw new FormatException($"no public port '{wanted}' published for {container}");
            }

            foreach ((_, PortBinding binding) in bindings)
            {
                context.Output.WriteLine(PortLines.Text(binding));
            }
        }
        else
        {
            PortLines.Write(context, bindings);
        }

        PortLines.Note(context, details.NetworkSettings.ForwardedPorts, bindings);
        return 0;
    }
}
