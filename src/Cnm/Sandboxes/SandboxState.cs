namespace Net.Cnm.Sandboxes;

/// <summary>The state of a sandbox in its life cycle.</summary>
/// <remarks>Allowed transitions: Created to Running and Removing; Running to Exited; Exited to Running and Removing. Removing ends when the
/// sandbox no longer exists. A network stack exists in the states Created and Running.</remarks>
public enum SandboxState
{
    /// <summary>The network stack exists, and no process runs.</summary>
    Created,

    /// <summary>The process runs.</summary>
    Running,

    /// <summary>The process has ended; addresses and host ports are released.</summary>
    Exited,

    /// <summary>The user has removed the sandbox; it is kept as a tombstone until its kernel objects are gone.</summary>
    Removing,
}
