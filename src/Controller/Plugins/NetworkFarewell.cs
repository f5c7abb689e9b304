using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Controller.Operations;

namespace Net.Controller.Plugins;

/// <summary>Tells plug-ins of networks that are gone, and then forgets these.</summary>
internal sealed class NetworkFarewell(ControllerParts parts)
{
    /// <summary>Tells of one network, when that is due.</summary>
    /// <returns>Why a plug-in could not be told; null when it was, or need not be.</returns>
    public async Task<string?> RunAsync(NetworkId id, CancellationToken cancellationToken)
    {
        string? problem = null;
        for (int attempt = 0; attempt < 2 && problem is null && Find(id) is not null; attempt++) // the first may be one that ended just now
        {
            problem = await parts.Talks.SayAsync(
                OwnerId.Of(id), token => parts.NetworkTurns.RunAsync(id, () => SayAsync(id, token), token), cancellationToken);
        }

        return problem;
    }

    private Network? Find(NetworkId id) => PluginWork.Of(parts.Model.Current).NetworkFarewells.FirstOrDefault(network => network.Id == id);

    private async Task<string?> SayAsync(NetworkId id, CancellationToken cancellationToken)
    {
        if (Find(id) is { } network)
        {
            await TellAsync(network, cancellationToken);
            await parts.Queue.RunAsync(
                () => parts.Runner.RunAsync(new EndFarewell(OwnerId.Of(id)), CancellationToken.None), CancellationToken.None);
        }

        return null;
    }

    private async Task TellAsync(Network network, CancellationToken cancellationToken)
    {
        if (network.Plugged is { HasDriver: true })
        {
            INetworkPlugin plugin = await parts.Drivers.FindPluginAsync(network.Driver, cancellationToken);
            await FarewellAnswer.TryAsync(parts.Log, () => plugin.DeleteNetworkAsync(network.Id, cancellationToken));
        }

        if (network.Plugged is { HasIpam: true } && network.Pools.Count > 0)
        {
            IIpamPlugin ipam = await parts.IpamDrivers.FindPluginAsync(network.IpamDriver, cancellationToken);
            foreach (AddressPool pool in network.Pools)
            {
                await FarewellAnswer.TryAsync(parts.Log, () => ipam.ReleasePoolAsync(pool, cancellationToken));
            }
        }
    }
}
