using System.Collections.Immutable;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Models;

/// <summary>All networks, endpoints and sandboxes at one moment. Never changes; a change makes a new one that shares what stayed the same.</summary>
public sealed record ModelSnapshot
{
    /// <summary>Nothing at all.</summary>
    public static ModelSnapshot Empty { get; } = new();

    /// <summary>Networks by id.</summary>
    internal ImmutableDictionary<NetworkId, Network> NetworksById { get; init; } = ImmutableDictionary<NetworkId, Network>.Empty;

    /// <summary>All networks, by name.</summary>
    public IReadOnlyList<Network> Networks => [.. NetworksById.Values.OrderBy(n => n.Name, StringComparer.Ordinal)];

    /// <summary>All sandboxes, the newest first.</summary>
    public IReadOnlyList<Sandbox> Sandboxes => throw new NotImplementedException();

    /// <summary>The network of a reference: full id, exact name or unique id prefix, in this order.</summary>
    /// <exception cref="CnmException">NotFound; InvalidParameter: the prefix fits several.</exception>
    public Network FindNetwork(string reference) => throw new NotImplementedException();

    /// <summary>The sandbox of a reference: full id, exact name or unique id prefix, in this order.</summary>
    /// <exception cref="CnmException">NotFound; InvalidParameter: the prefix fits several.</exception>
    public Sandbox FindSandbox(string reference) => throw new NotImplementedException();

    /// <summary>The endpoints on a network, oldest connection of each sandbox first; those of stopped sandboxes too.</summary>
    public IReadOnlyList<Endpoint> EndpointsOf(NetworkId network) => throw new NotImplementedException();

    /// <summary>The endpoints of a sandbox in the order of connection.</summary>
    public IReadOnlyList<Endpoint> EndpointsOf(SandboxId sandbox) => throw new NotImplementedException();

    /// <summary>The network of an id that an endpoint holds.</summary>
    public Network this[NetworkId id] => NetworksById[id];

    /// <summary>The sandbox of an id that an endpoint holds.</summary>
    public Sandbox this[SandboxId id] => throw new NotImplementedException();
}
