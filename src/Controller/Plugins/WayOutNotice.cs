using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Controller.Models;
using Net.Controller.Operations;
using Net.Controller.Plans;

namespace Net.Controller.Plugins;

/// <summary>Tells plug-ins which of their endpoints is a sandbox's way out, through which its ports are published, and which no longer
/// is.</summary>
internal sealed class WayOutNotice(ControllerParts parts)
{
    /// <summary>Tells what has changed about a sandbox.</summary>
    public async Task RunAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        // What ends comes before what begins: both may be about the same host ports.
        foreach ((EndpointId id, bool isWayOut) in Changes(parts.Model.Current, sandbox).OrderBy(change => change.IsWayOut))
        {
            await parts.EndpointTurns.RunAsync(id, () => TellAsync(id, isWayOut, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Tells again of a sandbox's way out, since its ports have changed: the way out ends, and begins with the new
    /// ports.</summary>
    public async Task RepeatAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        Endpoint[] told = [.. parts.Model.Current.EndpointsOf(sandbox).Where(endpoint => endpoint.Plugged is { IsWayOut: true })];
        foreach (Endpoint endpoint in told)
        {
            await parts.EndpointTurns.RunAsync(
                endpoint.Id, () => TellAsync(endpoint.Id, isWayOut: false, cancellationToken), cancellationToken);
        }

        if (told.Length > 0)
        {
            await RunAsync(sandbox, cancellationToken);
        }
    }

    private static IReadOnlyList<(EndpointId Id, bool IsWayOut)> Changes(ModelSnapshot model, SandboxId sandbox)
    {
        if (model.Find(sandbox) is not { HasNetworkStack: true })
        {
            return [];
        }

        (Endpoint Endpoint, Network Network)[] endpoints = [.. model.EndpointsOf(sandbox).Select(e => (e, model[e.Network]))];
        EndpointId?[] holders =
        [
            DefaultRoutes.Holder(endpoints, ipv6: false)?.Endpoint.Id, DefaultRoutes.Holder(endpoints, ipv6: true)?.Endpoint.Id,
        ];
        return
        [
            .. endpoints
                .Where(entry => entry is { Network.Plugged.HasDriver: true, Endpoint.Plugged.IsReady: true })
                .Select(entry => (entry.Endpoint, IsWayOut: holders.Contains(entry.Endpoint.Id)))
                .Where(entry => entry.Endpoint.Plugged!.IsWayOut != entry.IsWayOut)
                .Select(entry => (entry.Endpoint.Id, entry.IsWayOut)),
        ];
    }

    private async Task<bool> TellAsync(EndpointId id, bool isWayOut, CancellationToken cancellationToken)
    {
        ModelSnapshot model = parts.Model.Current;
        if (model.EndpointsById.GetValueOrDefault(id) is not { Plugged.IsReady: true } endpoint)
        {
            return false;
        }

        INetworkPlugin plugin = await parts.Drivers.FindPluginAsync(model[endpoint.Network].Driver, cancellationToken);
        if (isWayOut)
        {
            await plugin.ProgramExternalConnectivityAsync(endpoint, PluginPorts.Of(model[endpoint.Sandbox]), cancellationToken);
        }
        else
        {
            await plugin.RevokeExternalConnectivityAsync(endpoint, cancellationToken);
        }

        await parts.Queue.RunAsync(
            () => parts.Runner.RunAsync(
                new RecordArrival(id, now => now with { Plugged = now.Plugged! with { IsWayOut = isWayOut } }, parts.Stacks),
                CancellationToken.None),
            CancellationToken.None);
        return true;
    }
}
