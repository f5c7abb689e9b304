using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;

namespace Net.Controller.Models;

/// <summary>The difference of two snapshots: both of them, and the ids of the objects that may differ.</summary>
/// <param name="Before">The snapshot before the change.</param>
/// <param name="After">The snapshot after the change.</param>
/// <param name="Networks">Networks that were added, removed or changed.</param>
/// <param name="Sandboxes">Sandboxes that were added, removed or changed.</param>
/// <param name="Endpoints">Endpoints that were added, removed or changed.</param>
/// <param name="Tombstones">Tombstones that were added, removed or changed.</param>
public sealed record ModelChange(
    ModelSnapshot Before,
    ModelSnapshot After,
    IReadOnlySet<NetworkId> Networks,
    IReadOnlySet<SandboxId> Sandboxes,
    IReadOnlySet<EndpointId> Endpoints,
    IReadOnlySet<OwnerId> Tombstones)
{
    /// <summary>Whether the two snapshots have the same objects, those apart of which the kernel has nothing.</summary>
    public bool IsEmpty => Networks.Count + Sandboxes.Count + Endpoints.Count + Tombstones.Count == 0;

    /// <summary>Whether something differs that the kernel has, or is to have, something of. A tombstone that goes by itself is no such
    /// thing.</summary>
    public bool HasObjects => Networks.Count + Sandboxes.Count + Endpoints.Count > 0;

    /// <summary>The released addresses that were added or removed, each with its network.</summary>
    public IReadOnlySet<(NetworkId Network, IPAddress Address)> FreedAddresses { get; init; } =
        new HashSet<(NetworkId Network, IPAddress Address)>();

    /// <summary>The subnets of another program that were added, removed or changed, by their ids.</summary>
    public IReadOnlySet<string> ForeignPools { get; init; } = new HashSet<string>();

    /// <summary>The change from one snapshot to another. Every object of either counts as changed.</summary>
    internal static ModelChange Between(ModelSnapshot before, ModelSnapshot after)
    {
        return new ModelChange(
            before,
            after,
            Keys(before.NetworksById.Keys, after.NetworksById.Keys),
            Keys(before.SandboxesById.Keys, after.SandboxesById.Keys),
            Keys(before.EndpointsById.Keys, after.EndpointsById.Keys),
            Keys(before.TombstonesByOwner.Keys, after.TombstonesByOwner.Keys))
        {
            FreedAddresses = Keys(Freed(before), Freed(after)),
            ForeignPools = Keys(before.ForeignPools.Keys, after.ForeignPools.Keys),
        };

        static HashSet<T> Keys<T>(IEnumerable<T> one, IEnumerable<T> other) => [.. one, .. other];

        static IEnumerable<(NetworkId Network, IPAddress Address)> Freed(ModelSnapshot model) => model.FreedByNetwork.SelectMany(
            network => network.Value.Places.Keys, (network, address) => (network.Key, address));
    }

    /// <summary>The change that undoes this one.</summary>
    public ModelChange Inverse() => this with { Before = After, After = Before };

    /// <summary>The change from a model without any object to that after this one.</summary>
    public ModelChange FromNothing() => new(
        ModelSnapshot.Empty, After, After.NetworksById.Keys.ToHashSet(), After.SandboxesById.Keys.ToHashSet(),
        After.EndpointsById.Keys.ToHashSet(), Tombstones);

    /// <summary>The sandboxes whose network stack may differ: those that changed, those of changed endpoints, and those that have links to
    /// any of these.</summary>
    public IReadOnlySet<SandboxId> SandboxesToPlan()
    {
        HashSet<SandboxId> affected = [.. Sandboxes];
        foreach (EndpointId id in Endpoints)
        {
            if ((Before.EndpointsById.GetValueOrDefault(id) ?? After.EndpointsById.GetValueOrDefault(id)) is { } endpoint)
            {
                affected.Add(endpoint.Sandbox);
            }
        }

        affected.UnionWith([.. affected.SelectMany(id => Before.Links.ClientsOf(id).Union(After.Links.ClientsOf(id)))]);
        return affected;
    }
}
