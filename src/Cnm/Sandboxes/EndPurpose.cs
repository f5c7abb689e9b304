namespace Net.Cnm.Sandboxes;

/// <summary>What an operation does once it has ended a sandbox's command.</summary>
public enum EndPurpose
{
    /// <summary>It removes the sandbox.</summary>
    Removal,

    /// <summary>It starts the command again.</summary>
    Restart,
}
