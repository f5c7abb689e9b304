using System.Net;
using Net.Api.Dns;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Controller.Models;
using Endpoint = Net.Cnm.Endpoints.Endpoint;

namespace Net.Daemon.Http.Views;

/// <summary>Finds the endpoints and gateways that have the addresses of a DNS answer.</summary>
/// <param name="snapshot">The networks, endpoints and sandboxes.</param>
/// <param name="asker">The container whose networks are searched; null for all networks.</param>
internal sealed class HolderView(ModelSnapshot snapshot, SandboxId? asker)
{
    /// <summary>The holders of addresses, network by network in the order of connection. An address that nobody has any more is left
    /// out.</summary>
    public IReadOnlyList<DnsHolder> Of(IReadOnlyCollection<IPAddress> addresses) =>
        addresses.Count == 0 ? [] : [.. Networks().SelectMany(network => Of(network, addresses))];

    private IEnumerable<Network> Networks() => asker is { } sandbox
        ? snapshot.EndpointsOf(sandbox).Select(endpoint => snapshot[endpoint.Network])
        : snapshot.Networks;

    private IEnumerable<DnsHolder> Of(Network network, IReadOnlyCollection<IPAddress> addresses)
    {
        foreach (Endpoint endpoint in snapshot.EndpointsOf(network.Id))
        {
            IEnumerable<IPAddress> own = new[] { endpoint.IPv4?.Address, endpoint.IPv6?.Address }.OfType<IPAddress>();
            foreach (IPAddress address in own.Where(addresses.Contains))
            {
                yield return new DnsHolder
                {
                    Address = address.ToString(),
                    Network = network.Name,
                    Container = snapshot[endpoint.Sandbox].Name,
                };
            }
        }

        foreach (IPAddress gateway in network.Pools.Select(pool => pool.Gateway).OfType<IPAddress>().Where(addresses.Contains))
        {
            yield return new DnsHolder { Address = gateway.ToString(), Network = network.Name };
        }
    }
}
