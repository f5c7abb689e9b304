using Net.Cnm.Firewalls;
using Net.Controller.Plans;

namespace Net.Controller.Recovery;

/// <summary>Restores the firewall's rules after another program has changed them.</summary>
internal static class FirewallRestore
{
    /// <summary>Restores the rules; nothing else is compared, unless something cannot be planned or the store is lost: rules would
    /// seem unwanted and be taken away, which a mending does not do. Runs inside the operation queue.</summary>
    /// <returns>What had to be changed.</returns>
    public static FirewallMending Run(ControllerParts parts)
    {
        if (parts.Runner.KernelIsEmpty)
        {
            return FirewallMending.Nothing;
        }

        PlannedState plan = parts.Planner.PlanLinksAndPolicies(parts.Model.Current, parts.Runner.ReadHost());
        return plan.Problems.Count == 0 && parts.Store.Loss is null
            ? parts.Engine.MendFirewall(plan.Objects)
            : Mending.Run(parts).Found.IsEmpty ? FirewallMending.Nothing : FirewallMending.PutBack;
    }
}
