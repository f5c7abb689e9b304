using Net.Cnm.Errors;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Processes;

/// <summary>Starts, finds again, talks to and ends the shims that hold containers' commands. A shim outlives the daemon.</summary>
public interface ISandboxProcesses
{
    /// <summary>Starts a shim and, when the spec has one, its command.</summary>
    /// <exception cref="CnmException">CommandNotFound, CommandNotExecutable: the command; nothing is left running. Internal: the shim could
    /// not start.</exception>
    Task<SandboxProcessState> StartAsync(SandboxProcessSpec spec, CancellationToken cancellationToken);

    /// <summary>The sandboxes that have a shim or files of one, whether anybody still wants them or not.</summary>
    IReadOnlyList<SandboxId> ReadSandboxIds();

    /// <summary>What is known of a sandbox's shim; null when it never had one.</summary>
    Task<SandboxProcessState?> ReadStateAsync(SandboxId sandbox, CancellationToken cancellationToken);

    /// <summary>Waits until the sandbox's command has ended and its shim is done; survives a restart of the daemon by being called
    /// again.</summary>
    Task<SandboxProcessState> WaitAsync(SandboxId sandbox, CancellationToken cancellationToken);

    /// <summary>Sends a signal to the command.</summary>
    Task SignalAsync(SandboxId sandbox, int signal, CancellationToken cancellationToken);

    /// <summary>Ends the command and everything it left running: the signal, then SIGKILL after the grace time. Returns when all are gone;
    /// no error when nothing runs.</summary>
    Task StopAsync(SandboxId sandbox, int signal, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>
    /// Connects to the command's standard streams: first all that it wrote so far (from its log), then what it writes, then an Exit frame.
    /// Works after the command has ended, too, until <see cref="RemoveFiles"/>.
    /// </summary>
    Task<IProcessStreams> AttachAsync(SandboxId sandbox, CancellationToken cancellationToken);

    /// <summary>Runs one more command in the sandbox.</summary>
    /// <exception cref="CnmException">CommandNotFound, CommandNotExecutable; Conflict: there is no shim.</exception>
    Task<IProcessStreams> ExecAsync(SandboxId sandbox, ProcessConfig command, CancellationToken cancellationToken);

    /// <summary>The lines the command wrote, oldest first; with <paramref name="follow"/> until it ends.</summary>
    IAsyncEnumerable<LogLine> ReadLogAsync(SandboxId sandbox, bool follow, CancellationToken cancellationToken);

    /// <summary>Removes all files that belong to a shim, its log included. The shim must have ended.</summary>
    void RemoveFiles(SandboxId sandbox);
}
