using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Controller.Plans;

namespace Net.Controller.Recovery;

/// <summary>Has each link of the host that would accept router advertisements, if the host did not forward, go on doing so: sets its
/// <c>accept_ra</c> to 2.</summary>
internal static class AdvertisementAcceptance
{
    /// <summary>Sets them; those that are right are left alone. Runs inside the operation queue.</summary>
    public static void Run(ControllerParts parts, HostView host)
    {
        SysctlObject[] settings = Settings(parts, host);
        if (settings.Length == 0)
        {
            return;
        }

        try
        {
            parts.Engine.Apply(new StateChange(settings, [], []));
        }
        catch (CnmException) when (!settings.SequenceEqual(Settings(parts, parts.Runner.ReadHost())))
        {
            // A link has gone meanwhile, as one that another program moves into a container. Its going is told, too: the rest is set then.
        }
    }

    private static SysctlObject[] Settings(ControllerParts parts, HostView host) =>
        [.. parts.Planner.PlanAdvertisedLinks(parts.Model.Current, host)];
}
