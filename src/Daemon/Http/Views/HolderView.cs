using System.Net;
using Net.Api.Dns;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Controller.Models;
using Endpoint = Net.Cnm.Endpoints.Endpoint;

namespace Net.Daemon.Http.Views;

/// <summary>Finds the containers and networks that the addresses of an answer belong to.</summary>
/// <param name="snapshot">The model.</param>
/// <param name="client">The container whose networks are looked at; null for all networks.</param>
internal sealed class HolderView(ModelSnapshot snapshot, SandboxId? client)
{
    /// <summary>The holders of addresses, network by network in the order of connection. An address that is no longer in use has none.</summary>
    public IReadOnlyList<DnsHolder> Of(IReadOnlyCollection<IPAddress> addresses) =>
        addresses.Count == 0 ? [] : [.. Networks().SelectMany(network => Of(network, addresses))];

    private IEnumerable<Network> Networks() => client is { } sandbox
        ? snapshot.EndpointsOf(sandbox).Select(endpoint => snapshot[endpoint.Network])
        : snapshot.Networks;

    private IEnumerable<DnsHolder> Of(Network network, IReadOnlyCollection<IPAddress> addresses)
    {
        foreach (Endpoint endpoint in snapshot.EndpointsOf(network.Id))
        {
            IEnumerable<IPAddress> own = new[] { endpoint.IPv4?.Address, endpoint.IPv6?.Address }.OfType<IPAddress>();
            string container = snapshot[endpoint.Sandbox].Name;
            foreach (IPAddress address in own.Where(addresses.Contains))
            {
                yield return new DnsHolder { Address = address.ToString(), Network = network.Name, Container = container };
            }
        }

        foreach (IPAddress gateway in network.Pools.Select(pool => pool.Gateway).OfType<IPAddress>().Where(addresses.Contains))
        {
            yield return new DnsHolder { Address = gateway.ToString(), Network = network.Name };
        }
    }
}
