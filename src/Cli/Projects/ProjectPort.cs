using System.CommandLine;
using System.Globalization;
using Net.Api.Containers;
using Net.Cli.CommandLines;
using Net.Cli.Containers;
using Net.Labs.Compose.Running;

namespace Net.Cli.Projects;

/// <summary><c>netctl compose port</c>: prints where a port of a service is published.</summary>
internal sealed class ProjectPort : Verb
{
    private readonly ProjectFlags _flags;
    private readonly Option<string?> _protocol = Flags.One("--protocol", null, "PROTOCOL", "tcp, udp or sctp; tcp when not given");
    private readonly Option<string?> _index = Flags.One("--index", null, "N", "Which of the service's containers; 1 when not given");
    private readonly Argument<string> _service = Positional.One("SERVICE", "The service");
    private readonly Argument<string> _port = Positional.One("PORT", "The port of its container");

    public ProjectPort(ProjectFlags flags)
        : base("port", "Show where a port of a service is published")
    {
        _flags = flags;
        Add(_protocol);
        Add(_index);
        Add(_service);
        Add(_port);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl compose port web 80";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string service = parsed.GetValue(_service)!;
        int number = IndexOf(parsed);
        string wanted = PortLines.Parse(parsed.GetValue(_port)! + (parsed.GetValue(_protocol) is { } protocol ? "/" + protocol : ""));
        IReadOnlyList<ProjectContainer> containers = await ProjectContainers.ReadAsync(
            _flags, parsed, context, [service], cancellationToken);
        ProjectContainer container = containers.FirstOrDefault(candidate => candidate.Number == number)
            ?? throw new FormatException($"service \"{service}\" has no container {number}: see \"netctl compose ps -a\"");
        ContainerDetails details = await context.Api.InspectContainerAsync(container.Summary.Id, cancellationToken);
        PortBinding[] bindings = [.. PortLines.Of(details.NetworkSettings.Ports).Where(b => b.Port == wanted).Select(b => b.Binding)];
        if (bindings.Length == 0)
        {
            throw new FormatException($"no port {wanted} for container {container.Name}: it is not published");
        }

        context.Output.WriteLine(PortLines.Text(bindings[0]));
        return 0;
    }

    private int IndexOf(ParseResult parsed) => parsed.GetValue(_index) is not { } text ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw new FormatException($"invalid argument \"{text}\" for \"--index\" flag: it takes a number from 1 on");
}
