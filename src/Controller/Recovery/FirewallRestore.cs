namespace Net.Controller.Recovery;

/// <summary>Restores the firewall's rules after another program has changed them.</summary>
internal static class FirewallRestore
{
    /// <summary>Restores the rules; nothing else is compared. Runs inside the operation queue.</summary>
    /// <returns>Whether anything had to be changed.</returns>
    public static bool Run(ControllerParts parts) =>
        !parts.Runner.KernelIsEmpty
        && parts.Engine.MendFirewall(parts.Planner.PlanLinksAndPolicies(parts.Model.Current, parts.Runner.ReadHost()));
}
