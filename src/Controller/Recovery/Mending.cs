using Net.Cnm.DesiredState;
using Net.Controller.Models;
using Net.Controller.Runners;

namespace Net.Controller.Recovery;

/// <summary>Holds the whole of the model against the kernel and makes good what differs.</summary>
internal static class Mending
{
    /// <summary>Only looks.</summary>
    public static StateDifference Compare(ControllerParts parts) =>
        parts.Engine.Diff(parts.Planner.PlanAll(parts.Model.Current, parts.Runner.ReadHost()));

    /// <summary>Looks and mends; gives what was different and, in words, what could not be mended.</summary>
    public static (StateDifference Difference, IReadOnlyList<string> Problems) Run(ControllerParts parts)
    {
        StateDifference difference = Compare(parts);
        return (difference, difference.IsEmpty ? [] : parts.Engine.Mend(difference));
    }

    /// <summary>Finishes all removals, now that the kernel has nothing left over: tombstones go, and what they kept reserved is given back.</summary>
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
