using Net.Api.Networks;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Endpoint = Net.Cnm.Endpoints.Endpoint;

namespace Net.Daemon.Http.Views;

/// <summary>Turns networks into Docker's documents.</summary>
internal sealed class NetworkView(ModelSnapshot snapshot)
{
    public NetworkResource Of(Network network, bool withContainers) => new()
    {
        Name = network.Name,
        Id = network.Id.Value,
        Created = network.Created,
        Scope = network.Scope == NetworkScope.Local ? "local" : "global",
        Driver = network.Driver,
        EnableIPv4 = network.EnableIPv4,
        EnableIPv6 = network.EnableIPv6,
        IPAM = new NetworkIpam
        {
            Driver = network.IpamDriver,
            Options = network.IpamOptions ?? new Dictionary<string, string>(),
            Config = [.. network.Pools.Select(PoolOf)],
        },
        Internal = network.Internal,
        Attachable = network.Attachable,
        Containers = withContainers ? ContainersOf(network) : new Dictionary<string, NetworkContainer>(),
        Options = network.IsDefaultBridge ? DefaultBridge.ShownOptionsOf(network) : network.Options,
        Labels = network.Labels,
        Status = withContainers ? PoolUse.Of(network, snapshot.EndpointsOf(network.Id)) : null,
    };

    private Dictionary<string, NetworkContainer> ContainersOf(Network network)
    {
        var containers = new Dictionary<string, NetworkContainer>(StringComparer.Ordinal);
        foreach (Endpoint endpoint in snapshot.EndpointsOf(network.Id))
        {
            Sandbox sandbox = snapshot[endpoint.Sandbox];
            if (sandbox.HasNetworkStack)
            {
                containers[sandbox.Id.Value] = new NetworkContainer
                {
                    Name = sandbox.Name,
                    EndpointID = endpoint.Id.Value,
                    MacAddress = endpoint.MacAddress?.ToString() ?? "",
                    IPv4Address = endpoint.IPv4?.ToString() ?? "",
                    IPv6Address = endpoint.IPv6?.ToString() ?? "",
                };
            }
        }

        return containers;
    }

    private static NetworkIpamPool PoolOf(AddressPool pool) => new()
    {
        Subnet = pool.Subnet.ToString(),
        IPRange = pool.Range?.ToString(),
        Gateway = pool.Gateway?.ToString(),
        AuxiliaryAddresses = pool.AuxiliaryAddresses.Count == 0
            ? null
            : pool.AuxiliaryAddresses.ToDictionary(a => a.Key, a => a.Value.ToString(), StringComparer.Ordinal),
    };
}
