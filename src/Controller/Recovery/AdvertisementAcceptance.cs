using Net.Cnm.DesiredState;
using Net.Controller.Plans;

namespace Net.Controller.Recovery;

/// <summary>Has each link of the host that would accept router advertisements, if the host did not forward, go on doing so: sets its
/// <c>accept_ra</c> to 2.</summary>
internal static class AdvertisementAcceptance
{
    /// <summary>Sets them; those that are right are left alone. Runs inside the operation queue.</summary>
    public static void Run(ControllerParts parts, HostView host)
    {
        SysctlObject[] settings = [.. parts.Planner.PlanAdvertisedLinks(parts.Model.Current, host)];
        if (settings.Length > 0)
        {
            parts.Engine.Apply(new StateChange(settings, [], []));
        }
    }
}
