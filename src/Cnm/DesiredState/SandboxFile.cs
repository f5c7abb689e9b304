namespace Net.Cnm.DesiredState;

/// <summary>A file that a sandbox sees in /etc: hosts, resolv.conf or hostname. It is written in place and never replaced, since a bind
/// mount refers to its inode.</summary>
public sealed record SandboxFile : DesiredObject
{
    /// <summary>The absolute path of the file, below the run-time directory (<see cref="Sandboxes.ExecRoot"/>).</summary>
    public required string Path { get; init; }

    /// <summary>The whole text of the file; with <see cref="IsShared"/>, the lines of ours in it.</summary>
    public required string Content { get; init; }

    /// <summary>Whether the sandbox may write lines of its own beside ours, which then stand between two marks. Default false.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether the file stays as it is once the sandbox has edited it. When false, healing undoes such an edit. Default
    /// false.</summary>
    public bool KeepsEdits { get; init; }

    /// <inheritdoc/>
    public override string Key => $"file:{Path}";
}
