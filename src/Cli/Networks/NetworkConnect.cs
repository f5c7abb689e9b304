using System.CommandLine;
using Net.Api.Networks;
using Net.Cli.CommandLines;

namespace Net.Cli.Networks;

/// <summary><c>netctl network connect</c>: connects a container to a network.</summary>
internal sealed class NetworkConnect : Verb
{
    private readonly Argument<string> _network = Positional.One("NETWORK", "Name or id of the network");
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly Option<string?> _ip = Flags.One("--ip", null, "IP", "IPv4 address, such as 172.30.100.104");
    private readonly Option<string?> _ip6 = Flags.One("--ip6", null, "IP", "IPv6 address, such as 2001:db8::33");
    private readonly Option<string[]> _aliases = Flags.Many("--alias", null, "NAME", "Further name of the container on this network");
    private readonly Option<string?> _mac = Flags.One("--mac-address", null, "MAC", "MAC address, such as 92:d0:c6:0a:29:33");

    public NetworkConnect()
        : base("connect", "Connect a container to a network")
    {
        Add(_ip);
        Add(_ip6);
        Add(_aliases);
        Add(_mac);
        Add(_network);
        Add(_container);
    }

    public override bool TakesDryRun => true;

    public override string Example => "netctl network connect --alias db back app";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        await context.RunAsync(context.Api.Connect(parsed.GetValue(_network)!, RequestOf(parsed)), cancellationToken);
        return 0;
    }

    private NetworkConnectRequest RequestOf(ParseResult parsed)
    {
        (string? ip, string? ip6) = (parsed.GetValue(_ip), parsed.GetValue(_ip6));
        return new NetworkConnectRequest
        {
            Container = parsed.GetValue(_container),
            EndpointConfig = new EndpointConfig
            {
                IPAMConfig = ip is null && ip6 is null ? null : new EndpointIpamConfig { IPv4Address = ip, IPv6Address = ip6 },
                Aliases = parsed.GetValue(_aliases) is { Length: > 0 } aliases ? aliases : null,
                MacAddress = parsed.GetValue(_mac),
            },
        };
    }
}
