using Net.Cnm.DesiredState;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Controller.Runners;

namespace Net.Controller.Recovery;

/// <summary>Compares the desired state of the whole model with the kernel and repairs the differences. Runs inside the operation
/// queue.</summary>
internal static class Mending
{
    /// <summary>How often the kernel is looked at in one mending. Two looks are the rule: one that finds and one that confirms; one is
    /// enough where nothing rests on what was repaired. A link that is made anew comes without its addresses and settings, a third look's
    /// work.</summary>
    private const int MostLooks = 6;

    /// <summary>Compares only.</summary>
    public static StateDifference Compare(ControllerParts parts)
    {
        (StateDifference difference, IReadOnlyList<string> unplanned) = Look(parts);
        return difference with { Conflicts = [.. unplanned, .. difference.Conflicts] };
    }

    /// <summary>Looks and repairs until a look finds nothing, or nothing that the last repair has changed. After a loss of the store only
    /// what was removed is taken for left over: the rest may belong to a container that the model does not know.</summary>
    /// <param name="parts">The engine, and what is to be.</param>
    /// <param name="limited">What is put back three times within a minute at most.</param>
    public static MendingReport Run(ControllerParts parts, MendLimitScope limited = MendLimitScope.Sandboxes)
    {
        (StateDifference found, IReadOnlyList<string> unplanned, IReadOnlyList<KernelLeftover> withheld) = LookForMending(parts);
        StateDifference left = found;
        IReadOnlyList<string> problems = [];
        MendRound round = (limited == MendLimitScope.All ? parts.DriftLimit : parts.MendLimit).Begin(limited);
        for (int look = 1; look < MostLooks && HasDeviations(left); look++)
        {
            StateDifference mendable = round.Admit(left);
            IReadOnlyList<string> failures = HasDeviations(mendable) ? parts.Engine.Mend(mendable) : [];
            problems = [.. failures, .. round.Refused];
            if (problems.Count == 0 && NothingRestsOn(mendable))
            {
                left = left with { Missing = [], Different = [] };
                break;
            }

            StateDifference before = left;
            (left, unplanned, withheld) = LookForMending(parts);
            if (AreSame(before, left))
            {
                break;
            }
        }

        return new MendingReport(found, left, HasDeviations(left) ? [.. unplanned, .. problems] : unplanned)
        {
            Withheld = withheld,
            AllIsPlanned = unplanned.Count == 0,
            IsDone = unplanned.Count == 0 && !HasDeviations(left) && left.LeftoversAreKnown,
        };
    }

    /// <summary>Finishes all removals, now that the kernel has no leftovers: removes the tombstones and releases what they kept
    /// reserved.</summary>
    public static async Task FinishRemovalsAsync(ControllerParts parts)
    {
        ModelSnapshot model = parts.Model.Current;
        var reservations = new Reservations(parts.IpamDrivers);
        var kept = new KeptReservations(model);
        foreach (Tombstone tombstone in model.Tombstones)
        {
            if (tombstone.Endpoint is { } endpoint && model.NetworksById.GetValueOrDefault(endpoint.Network) is { } network)
            {
                reservations.Release(kept.Of(endpoint), network, keepStatic: false);
            }

            if (tombstone.Network is { } removed)
            {
                reservations.Release(kept.Of(removed), model);
            }
        }

        parts.Runner.ForgetConnections([.. reservations.ReleasedAddresses]);
        parts.Runner.RemoveTombstones([.. model.TombstonesByOwner.Keys]);
        await reservations.CompleteAsync();
        await parts.Runner.ReleaseHeldAsync();
    }

    private static (StateDifference Difference, IReadOnlyList<string> Unplanned, IReadOnlyList<KernelLeftover> Withheld) LookForMending(
        ControllerParts parts)
    {
        (StateDifference difference, IReadOnlyList<string> unplanned) = Look(parts);
        if (parts.Store.Loss is null)
        {
            return (difference, unplanned, []);
        }

        HashSet<string> removed = [.. parts.Model.Current.Tombstones.Select(tombstone => tombstone.Owner.Tag)];
        ILookup<bool, KernelLeftover> leftover = difference.Leftover.ToLookup(left => removed.Contains(left.Tag));
        return (difference with { Leftover = [.. leftover[true]] }, unplanned, [.. leftover[false]]);
    }

    // What cannot be planned looks unwanted, so then nothing is taken for left over.
    private static (StateDifference Difference, IReadOnlyList<string> Unplanned) Look(ControllerParts parts)
    {
        PlannedState plan = parts.Runner.KernelIsEmpty
            ? new PlannedState([], [])
            : parts.Planner.PlanAll(parts.Model.Current, parts.Runner.ReadHost());
        StateDifference difference = parts.Engine.Diff(plan.Objects);
        return (plan.Problems.Count == 0 ? difference : difference with { Leftover = [] }, plan.Problems);
    }

    private static bool HasDeviations(StateDifference difference) =>
        difference.Missing.Count + difference.Different.Count + difference.Leftover.Count > 0;

    // Every start opens the sockets that the daemon before held, and one in another mount namespace binds the namespaces again, which were
    // looked into nevertheless. That changes nothing else, so the second look is spared.
    private static bool NothingRestsOn(StateDifference mended) =>
        mended.Leftover.Count == 0
        && mended.Missing.Concat(mended.Different.Select(pair => pair.Wanted)).Except(mended.Unbound)
            .All(desired => desired is HeldPort or ResolverListener);

    private static bool AreSame(StateDifference one, StateDifference other) => Words(one).SetEquals(Words(other));

    private static HashSet<string> Words(StateDifference difference) =>
    [
        .. difference.Missing.Select(desired => $"missing {desired.Key}"),
        .. difference.Different.Select(pair => $"different {pair.Wanted.Key} {pair.Actual}"),
        .. difference.Leftover.Select(leftover => $"leftover {leftover.Kind} {leftover.Name}"),
    ];
}
