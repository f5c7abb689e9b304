using Net.Cnm.Identifiers;

namespace Net.Cnm.Processes;

/// <summary>All settings that a shim needs to hold a sandbox: the namespace, the files to mount and the command to run.</summary>
public sealed record SandboxProcessSpec
{
    /// <summary>The sandbox.</summary>
    public required SandboxId Sandbox { get; init; }

    /// <summary>The file that the network namespace of the sandbox is bound to; null to stay in the daemon's namespace.</summary>
    public string? NamespacePath { get; init; }

    /// <summary>The host name in the UTS namespace of the sandbox; null to keep the name of the host (host mode).</summary>
    public string? HostName { get; init; }

    /// <summary>The files to mount over /etc/hosts, /etc/resolv.conf and /etc/hostname in the sandbox. Empty in host mode.</summary>
    public IReadOnlyList<FileMount> Files { get; init; } = [];

    /// <summary>The command to run; null for a shim that only waits for <c>exec</c> requests.</summary>
    public ProcessConfig? Process { get; init; }

    /// <summary>How much of the command's output is kept. What is null is as in <see cref="LogLimits.Default"/>.</summary>
    public LogLimits Log { get; init; } = LogLimits.Default;

    /// <summary>Whether a client attaches right after the start: until it has, for some seconds at most, the command waits rather than that
    /// output is written which the log does not keep for the client.</summary>
    public bool IsAttached { get; init; }
}
