using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Controller.Plans;
using Net.Controller.Runners;

namespace Net.Controller.Recovery;

/// <summary>Has the forwarding guard leave the bridges of other programs' guests alone, as soon as they are there and as long as they are
/// that.</summary>
internal static class GuestBridgeFollowing
{
    /// <summary>As <see cref="Run"/>, before a comparison, which says what could not be followed.</summary>
    public static void TryRun(ControllerParts parts)
    {
        try
        {
            if (!parts.Runner.KernelIsEmpty)
            {
                Run(parts, parts.Runner.ReadHost());
            }
        }
        catch (CnmException)
        {
            // The comparison finds the rules that are missing.
        }
    }

    /// <summary>Changes the rules when there are other such bridges than before. Runs inside the operation queue.</summary>
    public static void Run(ControllerParts parts, HostView host)
    {
        KnownGuestBridges known = parts.Runner.GuestBridges;
        IReadOnlyList<FirewallPolicy> planned = known.HaveChanged ? parts.Planner.PlanGuards(parts.Model.Current, host) : [];
        if (!planned.OfType<ForwardingGuard>().Any())
        {
            return;
        }

        GuestBridge[] present = [.. planned.OfType<GuestBridge>()];
        string[] names = [.. present.Select(bridge => bridge.Bridge).Order(StringComparer.Ordinal)];
        IEnumerable<GuestBridge> gone = known.Beside(names)
            .Select(name => new GuestBridge { Owner = OwnerId.Host, Ownership = Ownership.Adopted, Bridge = name });
        try
        {
            // Some of the planned ones may be there. Taken away and added in one step, each is there once.
            parts.Engine.Apply(new StateChange([.. present], [], [.. gone, .. present]));
        }
        catch
        {
            parts.LeftBehind(); // a mending compares all rules
            throw;
        }

        known.NoteFollowed(names);
    }
}
