using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Controller.Operations;

namespace Net.Controller.Plugins;

/// <summary>Tells plug-ins of endpoints that are gone, and then forgets what they knew. A plug-in that does not answer is told later: until
/// then nobody gets the addresses.</summary>
internal sealed class EndpointFarewell(ControllerParts parts)
{
    /// <summary>Tells of what a sandbox had. One plug-in that does not answer does not hold up the others.</summary>
    /// <returns>Why a plug-in could not be told, each a sentence.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        string?[] problems = await Task.WhenAll(
            PluginWork.Of(parts.Model.Current).Farewells.Where(entry => entry.Endpoint.Sandbox == sandbox)
                .Select(entry => RunAsync(entry.Endpoint.Id, cancellationToken)));
        return [.. problems.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Tells of what a sandbox had before it is started again.</summary>
    /// <exception cref="CnmException">Unavailable: a plug-in does not answer.</exception>
    public async Task RequireAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        if (await RunAsync(sandbox, cancellationToken) is [string problem, ..])
        {
            throw new CnmException(CnmErrorKind.Unavailable, problem);
        }
    }

    /// <summary>Tells of one endpoint, when that is due.</summary>
    /// <returns>Why a plug-in could not be told; null when it was, or need not be.</returns>
    public async Task<string?> RunAsync(EndpointId id, CancellationToken cancellationToken)
    {
        string? problem = null;
        for (int attempt = 0; attempt < 2 && problem is null && Find(id) is not null; attempt++) // the first may be one that ended just now
        {
            problem = await parts.Talks.SayAsync(
                OwnerId.Of(id), token => parts.EndpointTurns.RunAsync(id, () => SayAsync(id, token), token), cancellationToken);
        }

        return problem;
    }

    /// <summary>Tells a network's plug-ins that an endpoint is gone. An answer that is an error is noted, and counts as an
    /// answer.</summary>
    /// <exception cref="CnmException">Unavailable, NotFound: a plug-in does not answer.</exception>
    public async Task TellAsync(Endpoint endpoint, Network network, CancellationToken cancellationToken)
    {
        PluggedEndpoint plugged = endpoint.Plugged!;
        if (network.Plugged is { HasDriver: true })
        {
            INetworkPlugin plugin = await parts.Drivers.FindPluginAsync(network.Driver, cancellationToken);
            if (plugged.IsWayOut)
            {
                await FarewellAnswer.TryAsync(parts.Log, () => plugin.RevokeExternalConnectivityAsync(endpoint, cancellationToken));
            }

            if (plugged.IsReady || plugged.WasAskedToJoin)
            {
                await FarewellAnswer.TryAsync(parts.Log, () => plugin.LeaveAsync(endpoint, cancellationToken));
            }

            await FarewellAnswer.TryAsync(parts.Log, () => plugin.DeleteEndpointAsync(endpoint, cancellationToken));
        }

        if (network.Plugged is { HasIpam: true } && (plugged.TakenIPv4 ?? plugged.TakenIPv6) is not null)
        {
            IIpamPlugin ipam = await parts.IpamDrivers.FindPluginAsync(network.IpamDriver, cancellationToken);
            foreach (IPAddress address in ((IPAddress?[])[plugged.TakenIPv4, plugged.TakenIPv6]).OfType<IPAddress>())
            {
                if (network.PoolOf(address) is { } pool)
                {
                    await FarewellAnswer.TryAsync(parts.Log, () => ipam.ReleaseAddressAsync(pool, address, cancellationToken));
                }
            }
        }
    }

    private (Endpoint Endpoint, Network Network)? Find(EndpointId id) => PluginWork.Of(parts.Model.Current).Farewells
        .Where(entry => entry.Endpoint.Id == id).Select(entry => ((Endpoint, Network)?)entry).FirstOrDefault();

    private async Task<string?> SayAsync(EndpointId id, CancellationToken cancellationToken)
    {
        if (Find(id) is (Endpoint endpoint, Network network))
        {
            await TellAsync(endpoint, network, cancellationToken);
            await parts.Queue.RunAsync(
                () => parts.Runner.RunAsync(new EndFarewell(OwnerId.Of(id)), CancellationToken.None), CancellationToken.None);
        }

        return null;
    }
}
