using Net.Controller.Plans;

namespace Net.Controller.Recovery;

/// <summary>Makes what follows from links that other programs have made, changed or removed since the last operation.</summary>
internal static class HostLinkFollowing
{
    /// <summary>Makes it. Runs inside the operation queue.</summary>
    public static void Run(ControllerParts parts)
    {
        if (parts.Runner.KernelIsEmpty)
        {
            return; // after a reset nothing forwards, until something is made
        }

        HostView host = parts.Runner.ReadHost();
        try
        {
            GuestBridgeFollowing.Run(parts, host);
        }
        finally
        {
            AdvertisementAcceptance.Run(parts, host);
        }
    }
}
