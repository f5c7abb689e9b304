namespace Net.Cnm.Sandboxes;

/// <summary>The state of a sandbox in its life cycle.</summary>
/// <remarks>Allowed transitions: Created to Running and Removing; Running to Exited; Exited to Running and Removing. Removing ends when the
/// sandbox no longer exists. A network stack exists in the state Running alone: it lives as long as the sandbox's shim.</remarks>
public enum SandboxState
{
    /// <summary>The sandbox has a command that was never started; addresses and host ports are chosen at the start.</summary>
    Created,

    /// <summary>The network stack exists and the shim runs, with the command when the sandbox has one.</summary>
    Running,

    /// <summary>The shim has ended, and with it the command; addresses and host ports are released.</summary>
    Exited,

    /// <summary>The user has removed the sandbox; it is kept as a tombstone until its kernel objects are gone.</summary>
    Removing,
}
