using Net.Cnm.Identifiers;

namespace Net.Cnm.Processes;

/// <summary>All that a shim needs to hold a sandbox: where its files are, and the command to run.</summary>
public sealed record SandboxProcessSpec
{
    /// <summary>The sandbox.</summary>
    public required SandboxId Sandbox { get; init; }

    /// <summary>The file its network namespace is bound to; null to stay in the daemon's.</summary>
    public string? NamespacePath { get; init; }

    /// <summary>The host name in its UTS namespace; null to keep the host's (host mode).</summary>
    public string? HostName { get; init; }

    /// <summary>What is mounted over /etc/hosts, /etc/resolv.conf, /etc/hostname: path inside, path of ours. Empty in host mode.</summary>
    public IReadOnlyList<FileMount> Files { get; init; } = [];

    /// <summary>The command; null for a shim that only waits for <c>exec</c>.</summary>
    public ProcessConfig? Process { get; init; }
}
