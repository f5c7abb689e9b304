namespace Net.Cnm.Sandboxes;

/// <summary>Where a sandbox is in its life.</summary>
/// <remarks>
/// Allowed: Created to Running, Removing; Running to Exited; Exited to Running, Removing. Removing ends with the sandbox gone.
/// The network stack exists in Created and Running; Exited has none.
/// </remarks>
public enum SandboxState
{
    /// <summary>It waits, its network stack made, without a process.</summary>
    Created,

    /// <summary>Its process runs.</summary>
    Running,

    /// <summary>Its process has ended; addresses and ports are given back.</summary>
    Exited,

    /// <summary>A tombstone: removed for the user, kept until the kernel is clean.</summary>
    Removing,
}
