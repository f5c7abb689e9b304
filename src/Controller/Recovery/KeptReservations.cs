using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Controller.Models;

namespace Net.Controller.Recovery;

/// <summary>Tells which subnets and addresses the tombstones of a model keep reserved: those of the removed objects, but what a living
/// object has. A tombstone stays in the store for a while after its removal is done (ADR 25), and an address or a subnet is free again by
/// then; a backup brings back objects whose tombstones are still there.</summary>
internal sealed class KeptReservations
{
    private readonly HashSet<(NetworkId Network, IPAddress Address)> _addresses;
    private readonly AddressPool[] _pools;

    /// <summary>Notes what the living objects of a model have.</summary>
    public KeptReservations(ModelSnapshot model)
    {
        _addresses =
        [
            .. model.EndpointsById.Values.SelectMany(endpoint => endpoint.Addresses.Select(address => (endpoint.Network, address.Address))),
        ];
        _pools =
        [
            .. model.Networks.Where(network => network.Plugged is not { HasIpam: true }).SelectMany(network => network.Pools),
            .. model.ForeignPools.Values.Select(pool => pool.Pool),
        ];
    }

    /// <summary>A removed network with the subnets alone that no living one has a part of.</summary>
    public Network Of(Network removed) =>
        removed with { Pools = [.. removed.Pools.Where(pool => !Array.Exists(_pools, own => Subnets.Overlap(own.Subnet, pool.Subnet)))] };

    /// <summary>A removed endpoint with the addresses alone that no living one of its network has.</summary>
    public Endpoint Of(Endpoint removed) => removed with { IPv4 = Of(removed, removed.IPv4), IPv6 = Of(removed, removed.IPv6) };

    private InterfaceAddress? Of(Endpoint removed, InterfaceAddress? address) =>
        address is not null && _addresses.Contains((removed.Network, address.Address)) ? null : address;
}
