namespace Net.Controller.Recovery;

/// <summary>Puts the firewall's rules back to what the model wants, after somebody else has changed them.</summary>
internal static class FirewallMending
{
    /// <summary>Does it with the turn held; nothing but rules is looked at.</summary>
    /// <returns>Whether anything had to be changed.</returns>
    public static bool Run(ControllerParts parts) =>
        parts.Engine.MendFirewall(parts.Planner.FirewallPolicies(parts.Model.Current, parts.Runner.ReadHost()));
}
