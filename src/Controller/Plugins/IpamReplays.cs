using System.Collections.Concurrent;
using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Controller.Models;

namespace Net.Controller.Plugins;

/// <summary>The networks whose IPAM plug-in has yet to be told again of their reservations: a plug-in may ask for that at each start of the
/// daemon (RequiresRequestReplay).</summary>
internal sealed class IpamReplays
{
    private readonly ConcurrentDictionary<NetworkId, Network> _due = new();

    /// <summary>Whether there are any.</summary>
    public bool Any => !_due.IsEmpty;

    /// <summary>The networks.</summary>
    public IReadOnlyCollection<Network> Networks => [.. _due.Values];

    /// <summary>Begins with all networks that an IPAM plug-in has.</summary>
    public void Begin(ModelSnapshot stored)
    {
        foreach (Network network in stored.NetworksById.Values.Where(network => network is { IsSettled: true, Plugged.HasIpam: true }))
        {
            _due[network.Id] = network;
        }
    }

    /// <summary>Tells a network's plug-in of its reservations, if it asks for that.</summary>
    public async Task RunAsync(ControllerParts parts, Network network, CancellationToken cancellationToken)
    {
        ModelSnapshot model = parts.Model.Current;
        if (model.NetworksById.ContainsKey(network.Id))
        {
            await ReplayAsync(parts, network, model, cancellationToken);
        }

        _due.TryRemove(network.Id, out _);
    }

    // A refusal is an answer: asking again would not change it.
    private static async Task ReplayAsync(
        ControllerParts parts, Network network, ModelSnapshot model, CancellationToken cancellationToken)
    {
        try
        {
            IIpamPlugin plugin = await parts.IpamDrivers.FindPluginAsync(network.IpamDriver, cancellationToken);
            IEnumerable<IPAddress> taken = model.EndpointsOf(network.Id).Select(endpoint => endpoint.Plugged).OfType<PluggedEndpoint>()
                .SelectMany(plugged => (IPAddress?[])[plugged.TakenIPv4, plugged.TakenIPv6]).OfType<IPAddress>();
            foreach (AddressPool pool in network.Pools)
            {
                await plugin.ReplayAsync(
                    pool, network.IpamOptions ?? new Dictionary<string, string>(), taken.Where(pool.Subnet.Contains), cancellationToken);
            }
        }
        catch (CnmException error) when (error.Kind == CnmErrorKind.Internal)
        {
            parts.Log.Warning(error.Message);
        }
    }
}
