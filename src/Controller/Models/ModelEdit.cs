using System.Collections.Immutable;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Models;

/// <summary>Makes the next snapshot out of one, step by step, keeping every index true, and takes note of what was touched.</summary>
/// <remarks>Objects come after what they refer to (network and sandbox, then endpoint) and go before it.</remarks>
internal sealed class ModelEdit
{
    private readonly ModelSnapshot _before;
    private readonly HashSet<NetworkId> _networks = [];
    private readonly HashSet<SandboxId> _sandboxes = [];
    private readonly HashSet<EndpointId> _endpoints = [];
    private readonly HashSet<OwnerId> _tombstones = [];

    /// <summary>Begins with a snapshot.</summary>
    public ModelEdit(ModelSnapshot before) => Now = _before = before;

    /// <summary>How it is after the steps so far.</summary>
    public ModelSnapshot Now { get; private set; }

    /// <summary>Adds a network or takes its new value.</summary>
    public void Put(Network network)
    {
        ImmutableDictionary<string, NetworkId> names = Now.NetworksById.TryGetValue(network.Id, out Network? old) ? Now.NetworkNames.Remove(old.Name) : Now.NetworkNames;
        Now = Now with { NetworksById = Now.NetworksById.SetItem(network.Id, network), NetworkNames = names.Add(network.Name, network.Id) };
        _networks.Add(network.Id);
    }

    /// <summary>Adds a sandbox or takes its new value.</summary>
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
            Unlist(endpoint);
        }

        Now = Now with
        {
            SandboxesById = Now.SandboxesById.SetItem(sandbox.Id, sandbox),
            SandboxNames = names.Add(sandbox.Name, sandbox.Id),
            HostPorts = ReferenceEquals(old?.Ports, sandbox.Ports) ? Now.HostPorts : WithPorts(WithoutPorts(Now.HostPorts, old), sandbox),
        };
        foreach (Endpoint endpoint in endpoints)
        {
            List(endpoint);
        }

        _sandboxes.Add(sandbox.Id);
    }

    /// <summary>Adds an endpoint or takes its new value.</summary>
    public void Put(Endpoint endpoint)
    {
        if (Now.EndpointsById.TryGetValue(endpoint.Id, out Endpoint? old))
        {
            Unlist(old);
        }

        Now = Now with
        {
            EndpointsById = Now.EndpointsById.SetItem(endpoint.Id, endpoint),
            EndpointsByNetwork = Now.EndpointsByNetwork.SetItem(endpoint.Network, Now.EndpointsByNetwork.GetValueOrDefault(endpoint.Network, []).Add(endpoint.Id)),
            EndpointsBySandbox = Now.EndpointsBySandbox.SetItem(endpoint.Sandbox, Now.EndpointsBySandbox.GetValueOrDefault(endpoint.Sandbox, []).Add(endpoint.Id)),
        };
        List(endpoint);
        See(endpoint.Sandbox);
        _endpoints.Add(endpoint.Id);
    }

    /// <summary>Adds a tombstone as it was stored.</summary>
    public void Put(Tombstone tombstone)
    {
        Now = Now with { TombstonesByOwner = Now.TombstonesByOwner.SetItem(tombstone.Owner, tombstone) };
        _tombstones.Add(tombstone.Owner);
    }

    /// <summary>Takes a network out and leaves a tombstone.</summary>
    public void Remove(Network network)
    {
        Now = Now with
        {
            NetworksById = Now.NetworksById.Remove(network.Id),
            NetworkNames = Now.NetworkNames.Remove(network.Name),
            EndpointsByNetwork = Now.EndpointsByNetwork.Remove(network.Id),
        };
        _networks.Add(network.Id);
        Put(new Tombstone { Network = network });
    }

    /// <summary>Takes a sandbox out, without endpoints by now, and leaves a tombstone.</summary>
    public void Remove(Sandbox sandbox)
    {
        Now = Now with
        {
            SandboxesById = Now.SandboxesById.Remove(sandbox.Id),
            SandboxNames = Now.SandboxNames.Remove(sandbox.Name),
            HostPorts = WithoutPorts(Now.HostPorts, Now[sandbox.Id]),
            EndpointsBySandbox = Now.EndpointsBySandbox.Remove(sandbox.Id),
        };
        _sandboxes.Add(sandbox.Id);
        Put(new Tombstone { Sandbox = sandbox with { State = SandboxState.Removing } });
    }

    /// <summary>Takes an endpoint out and leaves a tombstone.</summary>
    public void Remove(Endpoint endpoint)
    {
        Unlist(endpoint);
        Now = Now with
        {
            EndpointsById = Now.EndpointsById.Remove(endpoint.Id),
            EndpointsByNetwork = Less(Now.EndpointsByNetwork, endpoint.Network, endpoint.Id),
            EndpointsBySandbox = Less(Now.EndpointsBySandbox, endpoint.Sandbox, endpoint.Id),
        };
        See(endpoint.Sandbox);
        _endpoints.Add(endpoint.Id);
        Put(new Tombstone { Endpoint = endpoint });
    }

    /// <summary>Forgets a removed object: the kernel is clean.</summary>
    public void RemoveTombstone(OwnerId owner)
    {
        Now = Now with { TombstonesByOwner = Now.TombstonesByOwner.Remove(owner) };
        _tombstones.Add(owner);
    }

    /// <summary>The change that the steps make together.</summary>
    public ModelChange ToChange() => new(_before, Now, _networks, _sandboxes, _endpoints, _tombstones);

    private static ImmutableDictionary<TOwner, ImmutableHashSet<EndpointId>> Less<TOwner>(
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

    private void List(Endpoint endpoint) =>
        Now = Now with { Names = Now.Names.With(endpoint, Now.SandboxesById[endpoint.Sandbox], Now.NetworksById[endpoint.Network]) };

    private void Unlist(Endpoint endpoint) =>
        Now = Now with { Names = Now.Names.Without(endpoint, Now.SandboxesById[endpoint.Sandbox], Now.NetworksById[endpoint.Network]) };

    private void See(SandboxId sandbox) => Now = Now with { Names = Now.Names.WithView(Now, sandbox) };
}
