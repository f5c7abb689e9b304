using System.Collections.Immutable;
using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Links;
using Net.Controller.Names;

namespace Net.Controller.Models;

/// <summary>All networks, endpoints and sandboxes at one moment. Immutable: a change makes a new snapshot that shares the unchanged
/// objects.</summary>
public sealed record ModelSnapshot
{
    private ModelSnapshot()
    {
    }

    /// <summary>The snapshot without any object.</summary>
    public static ModelSnapshot Empty { get; } = new();

    /// <summary>All networks, ordered by name.</summary>
    public IReadOnlyList<Network> Networks => [.. NetworksById.Values.OrderBy(n => n.Name, StringComparer.Ordinal)];

    /// <summary>All sandboxes, the newest first.</summary>
    public IReadOnlyList<Sandbox> Sandboxes =>
        [.. SandboxesById.Values.OrderByDescending(s => s.Created).ThenBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>The objects that were removed but may still have remains in the kernel.</summary>
    public IReadOnlyCollection<Tombstone> Tombstones => [.. TombstonesByOwner.Values];

    internal ImmutableDictionary<NetworkId, Network> NetworksById { get; init; } = ImmutableDictionary<NetworkId, Network>.Empty;

    internal ImmutableDictionary<SandboxId, Sandbox> SandboxesById { get; init; } = ImmutableDictionary<SandboxId, Sandbox>.Empty;

    internal ImmutableDictionary<EndpointId, Endpoint> EndpointsById { get; init; } = ImmutableDictionary<EndpointId, Endpoint>.Empty;

    internal ImmutableDictionary<OwnerId, Tombstone> TombstonesByOwner { get; init; } = ImmutableDictionary<OwnerId, Tombstone>.Empty;

    /// <summary>The subnets that another program has reserved, by their ids.</summary>
    internal ImmutableDictionary<string, ForeignPool> ForeignPools { get; init; } =
        ImmutableDictionary<string, ForeignPool>.Empty.WithComparers(StringComparer.Ordinal);

    internal ImmutableDictionary<string, NetworkId> NetworkNames { get; init; } =
        ImmutableDictionary<string, NetworkId>.Empty.WithComparers(StringComparer.Ordinal);

    internal ImmutableDictionary<string, SandboxId> SandboxNames { get; init; } =
        ImmutableDictionary<string, SandboxId>.Empty.WithComparers(StringComparer.Ordinal);

    internal ImmutableDictionary<NetworkId, ImmutableHashSet<EndpointId>> EndpointsByNetwork { get; init; } =
        ImmutableDictionary<NetworkId, ImmutableHashSet<EndpointId>>.Empty;

    internal ImmutableDictionary<SandboxId, ImmutableHashSet<EndpointId>> EndpointsBySandbox { get; init; } =
        ImmutableDictionary<SandboxId, ImmutableHashSet<EndpointId>>.Empty;

    /// <summary>The released addresses of each network that has any.</summary>
    internal ImmutableDictionary<NetworkId, FreedAddresses> FreedByNetwork { get; init; } =
        ImmutableDictionary<NetworkId, FreedAddresses>.Empty;

    internal HostPortTable HostPorts { get; init; } = HostPortTable.Empty;

    internal NameIndex Names { get; init; } = NameIndex.Empty;

    internal LinkIndex Links { get; init; } = LinkIndex.Empty;

    /// <summary>The network with an id that is known to exist, such as that of an endpoint.</summary>
    public Network this[NetworkId id] => NetworksById[id];

    /// <summary>The sandbox with an id that is known to exist, such as that of an endpoint.</summary>
    public Sandbox this[SandboxId id] => SandboxesById[id];

    /// <summary>Finds the sandbox with an id; null when it does not exist or has been removed.</summary>
    public Sandbox? Find(SandboxId id) => SandboxesById.GetValueOrDefault(id);

    /// <summary>Finds a network by a reference: its full id, its exact name or a unique prefix of its id, in this order.</summary>
    /// <exception cref="CnmException">NotFound: nothing matches the reference. InvalidParameter: several ids have the prefix.</exception>
    public Network FindNetwork(string reference)
    {
        // No name has the form of a full id, so the result is the same when the name is looked up first.
        return NetworkNames.TryGetValue(reference, out NetworkId named)
            ? NetworksById[named]
            : IdPrefix.Find(reference, NetworksById, id => id.Value, "network");
    }

    /// <summary>Finds a sandbox by a reference: its full id, its exact name or a unique prefix of its id, in this order; or the name of a
    /// link to it, such as <c>web/db</c>.</summary>
    /// <exception cref="CnmException">NotFound: nothing matches the reference. InvalidParameter: several ids have the prefix.</exception>
    public Sandbox FindSandbox(string reference)
    {
        // Docker's clients sometimes write names with a leading slash.
        string name = reference.StartsWith('/') ? reference[1..] : reference;
        return SandboxNames.TryGetValue(name, out SandboxId named)
            ? SandboxesById[named]
            : LinkNames.Find(this, name) ?? IdPrefix.Find(name, SandboxesById, id => id.Value, "container");
    }

    /// <summary>Whether another program has reserved a subnet.</summary>
    internal bool HasForeignPool(IPNetwork subnet) => ForeignPools.Values.Any(pool => pool.Pool.Subnet == subnet);

    /// <summary>The released addresses of a network.</summary>
    internal FreedAddresses FreedOf(NetworkId network) => FreedByNetwork.GetValueOrDefault(network, FreedAddresses.None);

    /// <summary>The endpoints on a network, including those of exited sandboxes, ordered by the name of the sandbox.</summary>
    public IReadOnlyList<Endpoint> EndpointsOf(NetworkId network) =>
        EndpointsByNetwork.TryGetValue(network, out ImmutableHashSet<EndpointId>? ids)
            ? [.. ids.Select(id => EndpointsById[id]).OrderBy(e => SandboxesById[e.Sandbox].Name, StringComparer.Ordinal)]
            : [];

    /// <summary>Whether no container uses a network that users can remove: neither one that runs, nor one that has exited and would
    /// connect to it when it is started. A network of another program is for that program to judge, and never counts as
    /// unused.</summary>
    public bool IsUnused(Network network) => network is { IsPredefined: false, IsSettled: true, Foreign: null }
        && !EndpointsByNetwork.ContainsKey(network.Id);

    /// <summary>The endpoints of a sandbox in the order of connection.</summary>
    public IReadOnlyList<Endpoint> EndpointsOf(SandboxId sandbox) =>
        EndpointsBySandbox.TryGetValue(sandbox, out ImmutableHashSet<EndpointId>? ids)
            ? [.. ids.Select(id => EndpointsById[id]).OrderBy(e => e.Order)]
            : [];
}
