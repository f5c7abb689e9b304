using System.Collections.Immutable;
using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Models;

/// <summary>Builds the next snapshot from another step by step. It keeps every index consistent and records which objects were
/// touched.</summary>
/// <remarks>An object is added after the objects that it refers to (network and sandbox, then endpoint) and removed before them.</remarks>
internal sealed class ModelEdit
{
    private readonly ModelSnapshot _before;
    private readonly HashSet<NetworkId> _networks = [];
    private readonly HashSet<SandboxId> _sandboxes = [];
    private readonly HashSet<EndpointId> _endpoints = [];
    private readonly HashSet<OwnerId> _tombstones = [];
    private readonly HashSet<string> _foreignPools = [];
    private readonly HashSet<(NetworkId Network, IPAddress Address)> _freed = [];

    /// <summary>Starts from a snapshot.</summary>
    public ModelEdit(ModelSnapshot before) => Now = _before = before;

    /// <summary>The snapshot after the steps so far.</summary>
    public ModelSnapshot Now { get; private set; }

    /// <summary>Adds a network, or replaces the one with its id.</summary>
    public void Put(Network network)
    {
        ImmutableDictionary<string, NetworkId> names = Now.NetworksById.TryGetValue(network.Id, out Network? old)
            ? Now.NetworkNames.Remove(old.Name)
            : Now.NetworkNames;
        Now = Now with { NetworksById = Now.NetworksById.SetItem(network.Id, network), NetworkNames = names.Add(network.Name, network.Id) };
        _networks.Add(network.Id);
    }

    /// <summary>Adds a sandbox, or replaces the one with its id.</summary>
    public void Put(Sandbox sandbox)
    {
        IReadOnlyList<Endpoint> endpoints = Now.EndpointsOf(sandbox.Id);
        ImmutableDictionary<string, SandboxId> names = Now.SandboxNames;
        if (Now.SandboxesById.TryGetValue(sandbox.Id, out Sandbox? old))
        {
            names = names.Remove(old.Name);
        }

        foreach (Endpoint endpoint in endpoints)
        {
            RemoveNames(endpoint);
        }

        Now = Now with
        {
            SandboxesById = Now.SandboxesById.SetItem(sandbox.Id, sandbox),
            SandboxNames = names.Add(sandbox.Name, sandbox.Id),
            HostPorts = ReferenceEquals(old?.Ports, sandbox.Ports) ? Now.HostPorts : WithPorts(WithoutPorts(Now.HostPorts, old), sandbox),
            Links = Now.Links.Replace(old, sandbox),
        };
        foreach (Endpoint endpoint in endpoints)
        {
            AddNames(endpoint);
        }

        _sandboxes.Add(sandbox.Id);
    }

    /// <summary>Adds an endpoint, or replaces the one with its id.</summary>
    public void Put(Endpoint endpoint)
    {
        if (Now.EndpointsById.TryGetValue(endpoint.Id, out Endpoint? old))
        {
            RemoveNames(old);
        }

        Now = Now with
        {
            EndpointsById = Now.EndpointsById.SetItem(endpoint.Id, endpoint),
            EndpointsByNetwork = Now.EndpointsByNetwork.SetItem(
                endpoint.Network, Now.EndpointsByNetwork.GetValueOrDefault(endpoint.Network, []).Add(endpoint.Id)),
            EndpointsBySandbox = Now.EndpointsBySandbox.SetItem(
                endpoint.Sandbox, Now.EndpointsBySandbox.GetValueOrDefault(endpoint.Sandbox, []).Add(endpoint.Id)),
        };
        AddNames(endpoint);
        RefreshView(endpoint.Sandbox);
        MoveAddresses(endpoint.Network, AddressesOf(old), AddressesOf(endpoint));
        _endpoints.Add(endpoint.Id);
    }

    /// <summary>Adds a released address that was read from the store.</summary>
    public void PutFreed(NetworkId network, IPAddress address, long place) => SetFreed(network, Now.FreedOf(network).At(address, place));

    /// <summary>Adds a subnet that another program has reserved, or replaces the one with its id.</summary>
    public void Put(ForeignPool pool)
    {
        Now = Now with { ForeignPools = Now.ForeignPools.SetItem(pool.Id, pool) };
        _foreignPools.Add(pool.Id);
    }

    /// <summary>Removes a subnet that another program had reserved.</summary>
    public void Remove(ForeignPool pool)
    {
        Now = Now with { ForeignPools = Now.ForeignPools.Remove(pool.Id) };
        _foreignPools.Add(pool.Id);
    }

    /// <summary>Adds a tombstone that was read from the store.</summary>
    public void Put(Tombstone tombstone)
    {
        Now = Now with { TombstonesByOwner = Now.TombstonesByOwner.SetItem(tombstone.Owner, tombstone) };
        _tombstones.Add(tombstone.Owner);
    }

    /// <summary>Removes a network and adds its tombstone.</summary>
    public void Remove(Network network)
    {
        Now = Now with
        {
            NetworksById = Now.NetworksById.Remove(network.Id),
            NetworkNames = Now.NetworkNames.Remove(network.Name),
            EndpointsByNetwork = Now.EndpointsByNetwork.Remove(network.Id),
            FreedByNetwork = Now.FreedByNetwork.Remove(network.Id),
        };
        _freed.UnionWith(_before.FreedOf(network.Id).Places.Keys.Select(address => (network.Id, address)));
        _networks.Add(network.Id);
        Put(new Tombstone { Network = network });
    }

    /// <summary>Removes a sandbox, whose endpoints were removed before, and adds its tombstone.</summary>
    public void Remove(Sandbox sandbox)
    {
        Now = Now with
        {
            SandboxesById = Now.SandboxesById.Remove(sandbox.Id),
            SandboxNames = Now.SandboxNames.Remove(sandbox.Name),
            HostPorts = WithoutPorts(Now.HostPorts, Now[sandbox.Id]),
            Links = Now.Links.Replace(Now[sandbox.Id], after: null),
            EndpointsBySandbox = Now.EndpointsBySandbox.Remove(sandbox.Id),
        };
        _sandboxes.Add(sandbox.Id);
        Put(new Tombstone { Sandbox = sandbox with { State = SandboxState.Removing } });
    }

    /// <summary>Removes an endpoint and adds its tombstone.</summary>
    public void Remove(Endpoint endpoint)
    {
        RemoveNames(endpoint);
        Now = Now with
        {
            EndpointsById = Now.EndpointsById.Remove(endpoint.Id),
            EndpointsByNetwork = Without(Now.EndpointsByNetwork, endpoint.Network, endpoint.Id),
            EndpointsBySandbox = Without(Now.EndpointsBySandbox, endpoint.Sandbox, endpoint.Id),
        };
        RefreshView(endpoint.Sandbox);
        MoveAddresses(endpoint.Network, AddressesOf(endpoint), []);
        _endpoints.Add(endpoint.Id);
        Put(new Tombstone { Endpoint = endpoint });
    }

    /// <summary>Removes a tombstone, once the kernel has nothing left of its object.</summary>
    public void RemoveTombstone(OwnerId owner)
    {
        Now = Now with { TombstonesByOwner = Now.TombstonesByOwner.Remove(owner) };
        _tombstones.Add(owner);
    }

    /// <summary>The change that all steps make together.</summary>
    public ModelChange ToChange() =>
        new(_before, Now, _networks, _sandboxes, _endpoints, _tombstones)
        {
            FreedAddresses = _freed,
            ForeignPools = _foreignPools,
        };

    private static ImmutableDictionary<TOwner, ImmutableHashSet<EndpointId>> Without<TOwner>(
        ImmutableDictionary<TOwner, ImmutableHashSet<EndpointId>> index, TOwner owner, EndpointId id)
        where TOwner : struct
    {
        ImmutableHashSet<EndpointId> rest = index[owner].Remove(id);
        return rest.IsEmpty ? index.Remove(owner) : index.SetItem(owner, rest);
    }

    private static HostPortTable WithPorts(HostPortTable table, Sandbox sandbox) =>
        sandbox.Ports.Aggregate(table, (all, port) => all.With(sandbox.Id, port));

    private static HostPortTable WithoutPorts(HostPortTable table, Sandbox? sandbox) =>
        sandbox is null ? table : sandbox.Ports.Aggregate(table, (all, port) => all.Without(sandbox.Id, port));

    private static IReadOnlyList<IPAddress> AddressesOf(Endpoint? endpoint) =>
        [.. (endpoint?.Addresses ?? []).Select(address => address.Address)];

    private void MoveAddresses(NetworkId network, IReadOnlyList<IPAddress> from, IReadOnlyList<IPAddress> to)
    {
        foreach (IPAddress taken in to.Except(from).Where(Now.FreedOf(network).Places.ContainsKey))
        {
            SetFreed(network, Now.FreedOf(network).Without(taken));
            _freed.Add((network, taken));
        }

        foreach (IPAddress freed in from.Except(to))
        {
            SetFreed(network, Now.FreedOf(network).With(freed, out IPAddress? dropped));
            _freed.Add((network, freed));
            if (dropped is not null)
            {
                _freed.Add((network, dropped));
            }
        }
    }

    private void SetFreed(NetworkId network, FreedAddresses freed) =>
        Now = Now with { FreedByNetwork = Now.FreedByNetwork.SetItem(network, freed) };

    private void AddNames(Endpoint endpoint) =>
        Now = Now with { Names = Now.Names.With(endpoint, Now.SandboxesById[endpoint.Sandbox], Now.NetworksById[endpoint.Network]) };

    private void RemoveNames(Endpoint endpoint) =>
        Now = Now with { Names = Now.Names.Without(endpoint, Now.SandboxesById[endpoint.Sandbox], Now.NetworksById[endpoint.Network]) };

    private void RefreshView(SandboxId sandbox) => Now = Now with { Names = Now.Names.WithView(Now, sandbox) };
}
