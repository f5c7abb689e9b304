namespace Net.Kernel;

/// <summary>The phases whose requests may be sent to the kernel together.</summary>
internal static class ApplyPhases
{
    /// <summary>
    /// Runs of phases, in order. Within a run, all requests to one namespace go in one send, ordered by phase: none of them depends on an
    /// answer to another, nor on another namespace. Making a link is never in a run with what changes it: whether the link is ours is known
    /// only from the answer.
    /// </summary>
    public static IReadOnlyList<(ApplyPhase First, ApplyPhase Last)> Runs { get; } =
    [
        (ApplyPhase.HeldPorts, ApplyPhase.HeldPorts),
        (ApplyPhase.Namespaces, ApplyPhase.Namespaces),
        (ApplyPhase.Files, ApplyPhase.Files),
        (ApplyPhase.RemovedBridges, ApplyPhase.RemovedBridges),
        (ApplyPhase.ForgottenFlows, ApplyPhase.ForgottenFlows),
        (ApplyPhase.Firewall, ApplyPhase.Firewall),
        (ApplyPhase.Settings, ApplyPhase.Settings),
        (ApplyPhase.Bridges, ApplyPhase.Bridges),
        (ApplyPhase.BridgeSettings, ApplyPhase.BridgeSettings),
        (ApplyPhase.Veths, ApplyPhase.Veths),
        (ApplyPhase.LinkSettings, ApplyPhase.LinkSettings),
        (ApplyPhase.Addresses, ApplyPhase.Routes),
        (ApplyPhase.Resolvers, ApplyPhase.Resolvers),
    ];
}
