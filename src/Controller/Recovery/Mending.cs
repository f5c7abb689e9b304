using Net.Cnm.DesiredState;
using Net.Controller.Models;
using Net.Controller.Runners;

namespace Net.Controller.Recovery;

/// <summary>Compares the desired state of the whole model with the kernel and repairs the differences. Runs inside the operation
/// queue.</summary>
internal static class Mending
{
    /// <summary>Compares only.</summary>
    public static StateDifference Compare(ControllerParts parts) =>
        parts.Engine.Diff(
            parts.Runner.KernelIsEmpty ? [] : parts.Planner.PlanAll(parts.Model.Current, parts.Runner.ReadHost()));

    /// <summary>Compares and repairs.</summary>
    /// <returns>The differences that were found, and a sentence for each that could not be repaired.</returns>
    public static (StateDifference Difference, IReadOnlyList<string> Problems) Run(ControllerParts parts)
    {
        StateDifference difference = Compare(parts);
        return (difference, difference.IsEmpty ? [] : parts.Engine.Mend(difference));
    }

    /// <summary>Finishes all removals, now that the kernel has no leftovers: removes the tombstones and releases what they kept
    /// reserved.</summary>
    public static async Task FinishRemovalsAsync(ControllerParts parts)
    {
        ModelSnapshot model = parts.Model.Current;
        var reservations = new Reservations(parts.IpamDrivers);
        foreach (Tombstone tombstone in model.Tombstones)
        {
            if (tombstone.Endpoint is { } endpoint && model.NetworksById.GetValueOrDefault(endpoint.Network) is { } network)
            {
                reservations.Release(endpoint, network, keepStatic: false);
            }

            if (tombstone.Network is { } removed)
            {
                reservations.Release(removed);
            }
        }

        parts.Runner.RemoveTombstones([.. model.TombstonesByOwner.Keys]);
        await reservations.CompleteAsync();
        await parts.Runner.ReleaseHeldAsync();
    }
}
