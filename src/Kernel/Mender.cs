using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;

namespace Net.Kernel;

/// <summary>Makes good a difference: leftovers go first, since one may stand in the way, then all that is missing or different is
/// made.</summary>
internal sealed class Mender(ObjectKinds kinds, KernelSession session)
{
    private readonly List<string> _failures = [];

    /// <summary>Mends what can be mended.</summary>
    /// <param name="difference">The difference to mend.</param>
    /// <param name="firewall">The step that mends the firewall's rules; null when they are right.</param>
    /// <returns>What could not be mended, in words.</returns>
    public IReadOnlyList<string> Mend(StateDifference difference, Step? firewall)
    {
        DesiredObject[] leftovers = [.. difference.Leftover.OfType<ObjectLeftover>().Select(leftover => leftover.Object)];
        _failures.AddRange(new RemovalRunner(session).Run([.. kinds.Remove(leftovers)]));

        List<Step> steps =
        [
            .. kinds.Correct(difference.Different.Select(pair => pair.Wanted)),
            .. kinds.Add(difference.Missing),
            .. firewall is null ? [] : (Step[])[firewall],
        ];
        while (steps.Count > 0 && Try(steps) is { } failed)
        {
            // One owner's trouble must not keep the others down: without that owner, all of it again. Nothing rests on a host port or on
            // the rules, so without one of those only that one is left out.
            bool alone = failed.Phase is ApplyPhase.HeldPorts or ApplyPhase.Firewall;
            if (failed is ActionStep { Otherwise: { } instead })
            {
                steps[steps.IndexOf(failed)] = instead;
                continue;
            }

            steps.RemoveAll(step => step == failed
                || (!alone && step.Subject.Owner == failed.Subject.Owner && step.Phase != ApplyPhase.Firewall));
        }

        return _failures;
    }

    /// <returns>The step that failed, after which all was undone; null when all went well.</returns>
    private Step? Try(IReadOnlyCollection<Step> steps)
    {
        var undo = new UndoLog();
        var runner = new StepRunner(session, undo);
        try
        {
            runner.Run(steps);
            return null;
        }
        catch (CnmException error)
        {
            IReadOnlyList<string> left = undo.RollBack();
            session.ForgetLinks();
            _failures.Add(left.Count == 0 ? error.Message : $"{error.Message} ({string.Join("; ", left)})");
            return runner.Failed ?? throw new InvalidOperationException($"no step owns up to: {error.Message}", error);
        }
    }
}
