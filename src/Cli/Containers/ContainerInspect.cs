using System.CommandLine;
using Net.Api;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Templates;

namespace Net.Cli.Containers;

/// <summary><c>netctl container inspect</c>: prints containers with all their details.</summary>
internal sealed class ContainerInspect : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");
    private readonly Option<string?> _format = Flags.One(
        "--format", "-f", "FORMAT", "json, or a Go template such as '{{.State.Pid}}'; a JSON array when not given");

    private readonly Option<bool> _size = Flags.Switch(
        "--size", "-s", "Also the size of a container's files, which is 0: it has none of its own");

    public ContainerInspect()
        : base("inspect", "Show containers with all their details")
    {
        Add(_format);
        Add(_size);
        Add(_containers);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl container inspect -f '{{.State.Pid}}' web";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        var format = InspectFormat.Parse(parsed.GetValue(_format));
        var found = new List<TemplateDocument>();
        bool withSize = parsed.GetValue(_size);
        int exitCode = await context.ForEachAsync(parsed.GetValue(_containers)!, async name => found.Add(TemplateDocument.Of(
            await context.Api.InspectContainerAsync(name, withSize, cancellationToken), ApiJson.Wire.ContainerDetails)));
        context.Output.Write(format.Render(found));
        return exitCode;
    }
}
