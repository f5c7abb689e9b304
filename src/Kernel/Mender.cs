using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;

namespace Net.Kernel;

/// <summary>Makes good a difference: leftovers go first, since one may stand in the way, then all that is missing or different is made.</summary>
internal sealed class Mender(ObjectKinds kinds, KernelSession session)
{
    private readonly List<string> _failures = [];

    /// <summary>Mends what can be mended.</summary>
    /// <param name="difference">What was found.</param>
    /// <param name="firewall">The firewall's part, as one step; null when its rules are right.</param>
    /// <returns>What could not be mended, in words.</returns>
    public IReadOnlyList<string> Mend(StateDifference difference, Step? firewall)
    {
        DesiredObject[] leftovers = [.. kinds.FromLeftovers(difference.Leftover)];
        _failures.AddRange(new RemovalRunner(session).Run([.. kinds.Remove(leftovers)]));

        DesiredObject[] different = [.. difference.Different.Select(pair => pair.Wanted)];
        if (Try([.. kinds.Correct(different), .. kinds.Add(difference.Missing), .. firewall is null ? [] : (Step[])[firewall]]) is null)
        {
            return _failures;
        }

        MendOneByOne(difference.Missing, different, firewall);
        return _failures;
    }

    // One owner's trouble must not keep the others down. An endpoint stands on its sandbox and network, so those come first.
    private void MendOneByOne(IReadOnlyList<DesiredObject> missing, IReadOnlyList<DesiredObject> different, Step? firewall)
    {
        if (firewall is not null && Try([firewall]) is { } refused)
        {
            _failures.Add(refused);
        }

        foreach (IGrouping<OwnerId, (DesiredObject Thing, bool IsThere)> owned in
            different.Select(thing => (Thing: thing, IsThere: true)).Concat(missing.Select(thing => (Thing: thing, IsThere: false)))
                .GroupBy(entry => entry.Thing.Owner).OrderBy(group => group.Key.Kind))
        {
            Step[] steps =
            [
                .. kinds.Correct(owned.Where(entry => entry.IsThere).Select(entry => entry.Thing)),
                .. kinds.Add(owned.Where(entry => !entry.IsThere).Select(entry => entry.Thing)),
            ];
            if (Try(steps) is { } failure)
            {
                _failures.Add(failure);
            }
        }
    }

    private string? Try(IReadOnlyCollection<Step> steps)
    {
        var undo = new UndoLog();
        try
        {
            new StepRunner(session, undo).Run(steps);
            return null;
        }
        catch (CnmException error)
        {
            IReadOnlyList<string> left = undo.RollBack();
            session.ForgetLinks();
            return left.Count == 0 ? error.Message : $"{error.Message} ({string.Join("; ", left)})";
        }
    }
}
