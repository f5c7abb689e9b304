using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Firewalls;
using Net.Kernel.Flows;
using Net.Kernel.Steps;

namespace Net.Kernel;

/// <summary>The steps of a change: those that make and replace, then those that remove.</summary>
/// <param name="Making">The steps that add and replace: when one fails, all are undone.</param>
/// <param name="Removing">The steps that remove: when one fails, the others are still carried out.</param>
internal sealed record ChangeSteps(IReadOnlyList<Step> Making, IReadOnlyList<Step> Removing)
{
    /// <summary>Plans a change. The firewall's part is one step, and everything stays as it was when that fails, save where links or
    /// namespaces go: they go whatever fails.</summary>
    public static ChangeSteps Of(StateChange change, ObjectKinds kinds, FirewallPart firewall, FlowCleaner flows)
    {
        List<Step> making = [.. kinds.Add(change.Add), .. kinds.Replace(change.Replace)];
        List<Step> removing = [.. kinds.Remove(change.Remove), .. flows.AfterRemoval(change.Remove)];
        (CanStay(change) ? making : removing).AddRange(firewall.Of(change));
        return new ChangeSteps(making, removing);
    }

    /// <summary>The commands that have the same effect, in the order in which the steps are carried out.</summary>
    public IReadOnlyList<string> Explain() =>
    [
        .. Making.OrderBy(step => step.Phase).Concat(Removing.OrderByDescending(step => step.Phase))
            .SelectMany(step => step.Command.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
    ];

    // A port whose rules could not be removed must not be reported as removed, nor be released to another program: the rules would take
    // that program's traffic.
    private static bool CanStay(StateChange change) =>
        change.Add.Count + change.Replace.Count > 0 || change.Remove.All(desired => desired is FirewallPolicy or HeldPort);
}
