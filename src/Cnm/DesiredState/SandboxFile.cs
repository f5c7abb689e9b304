namespace Net.Cnm.DesiredState;

/// <summary>A file that a sandbox sees under /etc: hosts, resolv.conf or hostname. Written in place, since it is bind-mounted.</summary>
public sealed record SandboxFile : DesiredObject
{
    /// <summary>Absolute path in EXEC_ROOT.</summary>
    public required string Path { get; init; }

    /// <summary>Its whole text.</summary>
    public required string Content { get; init; }

    /// <summary>Once the sandbox has edited it, it stays as it is; else such an edit is mended.</summary>
    public bool KeepsEdits { get; init; }

    /// <inheritdoc/>
    public override string Key => $"file:{Path}";
}
