namespace Net.Cnm.Sandboxes;

/// <summary>When a sandbox's command is started again by itself (<c>--restart</c>).</summary>
public sealed record SandboxRestartPolicy
{
    /// <summary>After which exits.</summary>
    public required RestartKind Kind { get; init; }

    /// <summary>With <see cref="RestartKind.OnFailure"/>, how often in a row; 0 for any number of times.</summary>
    public int MaximumRetries { get; init; }
}
