using System.CommandLine;
using Net.Api.Networks;
using Net.Cli.CommandLines;

namespace Net.Cli.Networks;

/// <summary><c>netctl network connect</c>: connects a container to a network.</summary>
internal sealed class NetworkConnect : Verb
{
    private readonly Argument<string> _network = Positional.One("NETWORK", "Name or id of the network");
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly EndpointFlags _endpoint = new();
    private readonly Option<string[]> _aliases = Flags.Many("--alias", null, "NAME", "Further name of the container on this network");
    private readonly Option<string[]> _links = Flags.Many(
        "--link", null, "CONTAINER[:ALIAS]", "Other container to know by a name of one's own on this network");
    private readonly Option<string[]> _driverOptions = Flags.Many(
        "--driver-opt", null, "KEY=VALUE", "Option of the interface, such as com.docker.network.endpoint.ifname=lan0");
    private readonly Option<string?> _priority = Flags.One(
        "--gw-priority", null, "NUMBER", "Priority for the default gateway: the network with the highest number has it; 0 when not given");

    public NetworkConnect()
        : base("connect", "Connect a container to a network")
    {
        _endpoint.AddTo(this);
        Add(_aliases);
        Add(_links);
        Add(_driverOptions);
        Add(_priority);
        Add(_network);
        Add(_container);
    }

    public override bool TakesDryRun => true;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl network connect --alias db back app";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        await context.RunAsync(context.Api.Connect(parsed.GetValue(_network)!, RequestOf(parsed)), cancellationToken);
        return 0;
    }

    private NetworkConnectRequest RequestOf(ParseResult parsed) => new()
    {
        Container = parsed.GetValue(_container),
        EndpointConfig = (_endpoint.ConfigOf(parsed) ?? new EndpointConfig()) with
        {
            Aliases = parsed.GetValue(_aliases) is { Length: > 0 } aliases ? aliases : null,
            Links = parsed.GetValue(_links) is { Length: > 0 } links ? links : null,
            DriverOpts = parsed.GetValue(_driverOptions) is { Length: > 0 } options ? KeyValues.Of(options) : null,
            GwPriority = parsed.GetValue(_priority) is { } priority ? NetworkFlag.PriorityOf(priority) : 0,
        },
    };
}
