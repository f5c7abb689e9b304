using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Firewalls;
using Net.Kernel.Steps;

namespace Net.Kernel;

/// <summary>The steps of a change: those that make and replace, then those that remove.</summary>
/// <param name="Making">All of them or none.</param>
/// <param name="Removing">As many as can be.</param>
internal sealed record ChangeSteps(IReadOnlyList<Step> Making, IReadOnlyList<Step> Removing)
{
    /// <summary>Plans a change. The firewall's part is one step, and everything stays as it was when that fails, save where links or
    /// namespaces go: they go whatever fails.</summary>
    public static ChangeSteps Of(StateChange change, ObjectKinds kinds, FirewallPart firewall)
    {
        List<Step> making = [.. kinds.Add(change.Add), .. kinds.Replace(change.Replace)];
        List<Step> removing = [.. kinds.Remove(change.Remove)];
        (CanStay(change) ? making : removing).AddRange(firewall.Of(change));
        return new ChangeSteps(making, removing);
    }

    /// <summary>What a person would type, in the order in which it is done.</summary>
    public IReadOnlyList<string> Explain() =>
    [
        .. Making.OrderBy(step => step.Phase).Concat(Removing.OrderByDescending(step => step.Phase))
            .SelectMany(step => step.Command.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
    ];

    // A port whose rules would stay must not be told to be gone, nor be let go to another program, whose traffic they would take.
    private static bool CanStay(StateChange change) =>
        change.Add.Count + change.Replace.Count > 0 || change.Remove.All(thing => thing is FirewallPolicy or HeldPort);
}
