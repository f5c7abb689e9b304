using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Controller.Operations;
using Net.Controller.Plugins;
using Net.Controller.Recovery;
using Net.Controller.Requests;

namespace Net.Controller.Lifecycles;

/// <summary>Creates a network. Where its driver or its IPAM driver is a plug-in, that is asked without the queue's turn, while the network
/// is in the store and not ready: a daemon that is killed meanwhile takes back what the plug-ins have made of it.</summary>
internal sealed class NetworkCreation(ControllerParts parts)
{
    /// <summary>Creates the network.</summary>
    public async Task<NetworkCreated> RunAsync(NetworkCreateRequest request, CancellationToken cancellationToken)
    {
        PluginPatience patience = parts.Talks.BeginPatience();
        CreateNetwork operation = await OperationAsync(request, cancellationToken);
        if (operation.Plugged is null)
        {
            return await CreateAsync(operation, cancellationToken);
        }

        bool isStored = false;
        try
        {
            return await parts.NetworkTurns.RunAsync(
                operation.Id,
                async () =>
                {
                    NetworkCreated created = await CreateAsync(operation, cancellationToken);
                    isStored = true;
                    return await parts.Talks.AskAsync(
                        token => PlugAsync(request, created, operation, token), cancellationToken);
                },
                cancellationToken);
        }
        catch when (isStored)
        {
            await parts.Queue.RunAsync(() => RemoveNetwork.BrokenOffAsync(parts, operation.Id), CancellationToken.None);
            await new PluginRound(parts).AfterRemovalAsync([operation.Id], patience);
            throw;
        }
    }

    /// <summary>The operation that creates the network in the model, once its plug-ins have been found.</summary>
    /// <exception cref="CnmException">NotFound: there is no driver of that name. Others: a plug-in does not say what it is.</exception>
    public async Task<CreateNetwork> OperationAsync(NetworkCreateRequest request, CancellationToken cancellationToken)
    {
        bool hasDriver = !parts.Drivers.IsBuiltIn(request.Driver);
        bool hasIpam = !parts.IpamDrivers.IsBuiltIn(request.IpamDriver);
        GatewaySkips skips = GatewaySkips.None;
        if (hasDriver)
        {
            skips = await parts.Talks.AskAsync(
                async token =>
                {
                    INetworkPlugin plugin = await parts.Drivers.FindPluginAsync(request.Driver, token);
                    return await plugin.CheckGatewaysAsync(
                        request.EnableIPv4, request.EnableIPv6, request.Internal, request.Options, token);
                },
                cancellationToken);
        }

        if (hasIpam)
        {
            await parts.Talks.AskAsync(token => parts.IpamDrivers.FindPluginAsync(request.IpamDriver, token).AsTask(), cancellationToken);
        }

        return new CreateNetwork(request, parts.Drivers, parts.Time)
        {
            Plugged = hasDriver || hasIpam ? new PluggedNetwork(hasDriver, hasIpam) : null,
            Skips = skips,
        };
    }

    private Task<NetworkCreated> CreateAsync(CreateNetwork operation, CancellationToken cancellationToken) => parts.Queue.RunAsync(
        async () =>
        {
            await PredefinedNetworks.MakeMissingAsync(parts, cancellationToken);
            return await parts.Runner.RunAsync(operation, cancellationToken, yields: true);
        },
        cancellationToken);

    private async Task<NetworkCreated> PlugAsync(
        NetworkCreateRequest request, NetworkCreated created, CreateNetwork operation, CancellationToken cancellationToken)
    {
        Network network = created.Network;
        if (operation.Plugged is { HasIpam: true })
        {
            network = await TakePoolsAsync(request, network, operation.Skips, cancellationToken);
        }

        if (operation.Plugged is { HasDriver: true })
        {
            INetworkPlugin plugin = await parts.Drivers.FindPluginAsync(network.Driver, cancellationToken);
            await plugin.CreateNetworkAsync(network, cancellationToken);
        }

        NetworkCreated ready = await AdvanceAsync(network, isReady: true);
        return ready with { Warnings = [.. created.Warnings, .. ready.Warnings] };
    }

    private async Task<Network> TakePoolsAsync(
        NetworkCreateRequest request, Network network, GatewaySkips skips, CancellationToken cancellationToken)
    {
        IIpamPlugin ipam = await parts.IpamDrivers.FindPluginAsync(request.IpamDriver, cancellationToken);
        IReadOnlyList<HostRoute> routes = parts.Runner.ReadHost().Facts.Routes;
        foreach (PoolRequest pool in CreateNetwork.PoolsOf(request, routes))
        {
            IReadOnlyList<AddressPool> before = network.Pools;
            await ipam.RequestPoolAsync(
                pool with { NeedsGateway = !skips.Of(pool.IPv6) },
                async taken =>
                {
                    network = network with { Pools = [.. before, taken] };
                    await AdvanceAsync(network, isReady: false);
                },
                cancellationToken);
        }

        return network;
    }

    private Task<NetworkCreated> AdvanceAsync(Network network, bool isReady) => parts.Queue.RunAsync(
        () => parts.Runner.RunAsync(
            new AdvanceNetwork(network.Id, network.Pools, isReady, parts.Drivers), CancellationToken.None),
        CancellationToken.None);
}
