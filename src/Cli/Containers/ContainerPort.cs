using System.CommandLine;
using Net.Api.Containers;
using Net.Api.Templates;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl port</c>: where on the host a container's ports are published.</summary>
internal sealed class ContainerPort : Verb
{
    private readonly Argument<string> _container = Words.One("CONTAINER", "Name or id of the container");
    private readonly Argument<string?> _port = Words.Optional("PORT[/PROTOCOL]", "Only this port of the container; tcp when no protocol is given");

    public ContainerPort()
        : base("port", "Show where the ports of a container are published")
    {
        Add(_container);
        Add(_port);
    }

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string container = parsed.GetValue(_container)!;
        ContainerDetails details = await context.Api.InspectContainerAsync(container, cancellationToken);
        List<(string Port, PortBinding Binding)> bindings =
            [.. (details.NetworkSettings.Ports ?? new Dictionary<string, IReadOnlyList<PortBinding>?>())
                .OrderBy(p => Number(p.Key)).ThenBy(p => p.Key, StringComparer.Ordinal)
                .SelectMany(p => (p.Value ?? []).Select(b => (p.Key, b)))];
        if (parsed.GetValue(_port) is not { } asked)
        {
            bindings.ForEach(b => context.Output.WriteLine($"{b.Port} -> {Text(b.Binding)}"));
            return 0;
        }

        string wanted = asked.Contains('/', StringComparison.Ordinal) ? asked : asked + "/tcp";
        List<(string Port, PortBinding Binding)> matching = [.. bindings.Where(b => b.Port == wanted)];
        if (matching.Count == 0)
        {
            throw new FormatException($"no public port '{wanted}' published for {container}");
        }

        matching.ForEach(b => context.Output.WriteLine(Text(b.Binding)));
        return 0;
    }

    private static string Text(PortBinding binding) => PortText.HostPort(binding.HostIp ?? "", binding.HostPort ?? "");

    private static int Number(string port) => int.TryParse(port.Split('/')[0], out int number) ? number : 0;
}
