namespace Net.Cnm.Sandboxes;

/// <summary>After which exits a sandbox's command is started again by itself.</summary>
public enum RestartKind
{
    /// <summary>After an exit code other than 0, unless the user stopped it.</summary>
    OnFailure,

    /// <summary>After every exit, unless the user stopped it; and at the start of the daemon in any case.</summary>
    Always,

    /// <summary>After every exit, unless the user stopped it; the start of the daemon changes nothing about that.</summary>
    UnlessStopped,
}
