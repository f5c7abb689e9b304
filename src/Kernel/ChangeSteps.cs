using Net.Cnm.DesiredState;
using Net.Kernel.Firewalls;
using Net.Kernel.Steps;

namespace Net.Kernel;

/// <summary>The steps of a change: those that make and replace, then those that remove.</summary>
/// <param name="Making">All of them or none.</param>
/// <param name="Removing">As many as can be.</param>
internal sealed record ChangeSteps(IReadOnlyList<Step> Making, IReadOnlyList<Step> Removing)
{
    /// <summary>Plans a change. The firewall's part is one step; it removes only where the change does nothing else.</summary>
    public static ChangeSteps Of(StateChange change, ObjectKinds kinds, FirewallPart firewall)
    {
        List<Step> making = [.. kinds.Add(change.Add), .. kinds.Replace(change.Replace)];
        List<Step> removing = [.. kinds.Remove(change.Remove)];
        (change.Add.Count + change.Replace.Count > 0 ? making : removing).AddRange(firewall.Of(change));
        return new ChangeSteps(making, removing);
    }

    /// <summary>What a person would type, in the order in which it is done.</summary>
    public IReadOnlyList<string> Explain() =>
    [
        .. Making.OrderBy(step => step.Phase).Concat(Removing.OrderByDescending(step => step.Phase))
            .SelectMany(step => step.Command.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
    ];
}
