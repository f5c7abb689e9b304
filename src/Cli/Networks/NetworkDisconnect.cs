using System.CommandLine;
using Net.Api.Networks;
using Net.Cli.CommandLines;

namespace Net.Cli.Networks;

/// <summary><c>netctl network disconnect</c>: disconnects a container from a network.</summary>
internal sealed class NetworkDisconnect : Verb
{
    private readonly Argument<string> _network = Positional.One("NETWORK", "Name or id of the network");
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly Option<bool> _force = Flags.Switch(
        "--force", "-f", "Taken as Docker has it; a container is disconnected in any state");

    public NetworkDisconnect()
        : base("disconnect", "Disconnect a container from a network")
    {
        Add(_force);
        Add(_network);
        Add(_container);
    }

    public override bool TakesDryRun => true;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl network disconnect back app";

    public override bool Removes(ParseResult parsed) => true;

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string network = parsed.GetValue(_network)!;
        var request = new NetworkDisconnectRequest { Container = parsed.GetValue(_container), Force = parsed.GetValue(_force) };
        await context.RunAsync(context.Api.Disconnect(network, request), cancellationToken);
        return 0;
    }
}
