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
    /// <summary>Tells of what a sandbox had.</summary>
    /// <returns>Why a plug-in could not be told, each a sentence.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        foreach ((Endpoint endpoint, _) in
            PluginWork.Of(parts.Model.Current).Farewells.Where(entry => entry.Endpoint.Sandbox == sandbox))
        {
            if (await RunAsync(endpoint.Id, cancellationToken) is { } problem)
            {
                problems.Add(problem);
            }
        }

        return problems;
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
    public Task<string?> RunAsync(EndpointId id, CancellationToken cancellationToken) => parts.EndpointTurns.RunAsync(
        id,
        async () =>
        {
            (Endpoint? endpoint, Network? network) =
                PluginWork.Of(parts.Model.Current).Farewells.FirstOrDefault(entry => entry.Endpoint.Id == id);
            if (endpoint is null || network is null)
            {
                return null;
            }

            try
            {
                await TellAsync(endpoint, network, cancellationToken);
            }
            catch (CnmException error)
            {
                return error.Message; // it does not answer, or does not say what it is
            }

            await parts.Queue.RunAsync(
                () => parts.Runner.RunAsync(new EndFarewell(OwnerId.Of(id)), CancellationToken.None), CancellationToken.None);
            return null;
        },
        cancellationToken);

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

            if (plugged.IsReady)
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
}
