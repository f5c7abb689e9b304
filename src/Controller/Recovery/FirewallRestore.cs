using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Controller.Plans;
using Net.Controller.Runners;

namespace Net.Controller.Recovery;

/// <summary>Restores the firewall's rules after another program has changed them.</summary>
internal static class FirewallRestore
{
    /// <summary>Restores the rules; nothing else is compared, unless something cannot be planned or the store is lost: rules would
    /// seem unwanted and be taken away, which a mending does not do. Runs inside the operation queue.</summary>
    /// <returns>What had to be changed.</returns>
    /// <exception cref="HeldUpException">Another program, perhaps the one that has changed the rules, holds what this needs.</exception>
    public static FirewallMending Run(ControllerParts parts)
    {
        if (parts.Runner.KernelIsEmpty)
        {
            return FirewallMending.Nothing;
        }

        PlannedState plan = parts.Planner.PlanLinksAndPolicies(parts.Model.Current, parts.Runner.ReadHost());
        if (parts.Engine.FindHolder(new StateChange(plan.Objects, [], [])) is { } held)
        {
            throw new HeldUpException(held);
        }

        return plan.Problems.Count == 0 && parts.Store.Loss is null
            ? parts.Engine.MendFirewall(plan.Objects)
            : Mending.Run(parts).Found.IsEmpty ? FirewallMending.Nothing : FirewallMending.PutBack;
    }
}
