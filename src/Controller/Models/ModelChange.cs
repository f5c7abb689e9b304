using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;

namespace Net.Controller.Models;

/// <summary>From one snapshot to the next, and which objects are or may be different.</summary>
/// <param name="Before">How it was.</param>
/// <param name="After">How it is to be.</param>
/// <param name="Networks">Networks that came, went or changed.</param>
/// <param name="Sandboxes">Sandboxes that came, went or changed.</param>
/// <param name="Endpoints">Endpoints that came, went or changed.</param>
/// <param name="Tombstones">Tombstones that came, went or changed.</param>
public sealed record ModelChange(
    ModelSnapshot Before,
    ModelSnapshot After,
    IReadOnlySet<NetworkId> Networks,
    IReadOnlySet<SandboxId> Sandboxes,
    IReadOnlySet<EndpointId> Endpoints,
    IReadOnlySet<OwnerId> Tombstones)
{
    /// <summary>The same change the other way round.</summary>
    public ModelChange Inverse() => this with { Before = After, After = Before };

    /// <summary>The sandboxes whose network stack may differ: those that changed and those of changed endpoints.</summary>
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

        return affected;
    }
}
