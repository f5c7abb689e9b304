using Net.Cnm.DesiredState;
using Net.Kernel.Errors;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;

namespace Net.Kernel;

/// <summary>Makes good a difference: leftovers go first, since one may stand in the way, then all that is missing or different is
/// made.</summary>
/// <remarks>As much as possible is mended: an object that fails is named, and only what rests on it is left out. Nothing is undone, since
/// whatever was made is wanted.</remarks>
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
            .. Plan(difference.Different.Select(pair => pair.Wanted), kinds.Correct),
            .. Plan(difference.Missing, kinds.Add),
            .. firewall is null ? [] : (Step[])[firewall],
        ];
        var runner = new StepRunner(session, new UndoLog(), mayFail: static (_, _) => true);
        runner.Run(steps);
        return [.. _failures, .. runner.Failures];
    }

    private IEnumerable<Step> Plan(IEnumerable<DesiredObject> objects, Func<IEnumerable<DesiredObject>, IEnumerable<Step>> plan)
    {
        foreach (DesiredObject desired in objects)
        {
            Step[] steps = [];
            try
            {
                steps = [.. plan([desired])];
            }
            catch (Exception error)
            {
                _failures.Add(KernelErrors.Translate(error, desired).Message);
            }

            foreach (Step step in steps)
            {
                yield return step;
            }
        }
    }
}
