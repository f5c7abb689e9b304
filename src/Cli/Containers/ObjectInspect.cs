using System.CommandLine;
using Net.Api;
using Net.Api.Clients;
using Net.Api.Networks;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Templates;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl inspect</c>: prints containers, or networks when no container has the name.</summary>
internal sealed class ObjectInspect : Verb
{
    private readonly Argument<string[]> _names = Positional.Some("NAME|ID", "Names or ids of containers or networks");
    private readonly Option<string?> _format = Flags.One(
        "--format", "-f", "FORMAT", "json, or a Go template such as '{{.State.Pid}}'; a JSON array when not given");

    private readonly Option<string?> _type = Flags.One(
        "--type", null, "TYPE", "container or network, where both may have the name; containers first when not given");

    private readonly Option<bool> _size = Flags.Switch(
        "--size", "-s", "Also the size of a container's files, which is 0: it has none of its own");

    public ObjectInspect()
        : base("inspect", "Show containers, or networks, with all their details")
    {
        Add(_format);
        Add(_size);
        Add(_type);
        Add(_names);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl inspect web\n"
        + "netctl inspect --type network front\n"
        + "netctl inspect -f '{{.State.Pid}}' web";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        var format = InspectFormat.Parse(parsed.GetValue(_format));
        bool withSize = parsed.GetValue(_size);
        Func<string, Task<TemplateDocument>> container = name => ContainerAsync(name, withSize, context.Api, cancellationToken);
        Func<string, Task<TemplateDocument>> network = name => NetworkAsync(name, withSize, context, cancellationToken);
        Func<string, Task<TemplateDocument>> find = parsed.GetValue(_type) switch
        {
            null or "" => name => FindAsync(name, container, network),
            "container" => container,
            "network" => network,
            { } other => throw new FormatException(
                $"invalid argument {TerminalText.Word(other)} for \"--type\" flag: it takes container or network"),
        };
        var found = new List<TemplateDocument>();
        int exitCode = await context.ForEachAsync(parsed.GetValue(_names)!, async name => found.Add(await find(name)));
        context.Output.Write(format.Render(found));
        return exitCode;
    }

    private static async Task<TemplateDocument> ContainerAsync(
        string name, bool withSize, IApiClient api, CancellationToken cancellationToken) =>
        TemplateDocument.Of(await api.InspectContainerAsync(name, withSize, cancellationToken), ApiJson.Wire.ContainerDetails);

    private static async Task<TemplateDocument> NetworkAsync(
        string name, bool withSize, VerbContext context, CancellationToken cancellationToken)
    {
        NetworkResource network = await context.Api.InspectNetworkAsync(name, verbose: false, cancellationToken);
        if (withSize)
        {
            context.Error.WriteLine("WARNING: --size ignored for network");
        }

        return TemplateDocument.Of(network, ApiJson.Wire.NetworkResource);
    }

    private static async Task<TemplateDocument> FindAsync(
        string name, Func<string, Task<TemplateDocument>> container, Func<string, Task<TemplateDocument>> network)
    {
        try
        {
            return await container(name);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return await FindNetworkAsync(name, network);
        }
    }

    private static async Task<TemplateDocument> FindNetworkAsync(string name, Func<string, Task<TemplateDocument>> network)
    {
        try
        {
            return await network(name);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            throw new ApiException(
                e.Status,
                $"no such object: {name}; neither a container nor a network has this name or id, see netctl ps -a and netctl network ls");
        }
    }
}
