using Net.Cnm.Errors;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Processes;

/// <summary>Starts, finds again, communicates with and stops the shims: the helper processes that hold the commands of containers. A shim
/// outlives the daemon.</summary>
public interface ISandboxProcesses
{
    /// <summary>Starts a shim and, when the specification has one, its command.</summary>
    /// <exception cref="CnmException">CommandNotFound or CommandNotExecutable: the command does not exist or cannot be executed; nothing is
    /// left running. Internal: the shim could not start.</exception>
    Task<SandboxProcessState> StartAsync(SandboxProcessSpec spec, CancellationToken cancellationToken);

    /// <summary>Lists the sandboxes that have a shim or files of one, including sandboxes that are no longer in the model.</summary>
    IReadOnlyList<SandboxId> ReadSandboxIds();

    /// <summary>Reads the recorded state of a sandbox's shim; null when the sandbox never had one.</summary>
    Task<SandboxProcessState?> ReadStateAsync(SandboxId sandbox, CancellationToken cancellationToken);

    /// <summary>Waits until the sandbox's command has ended and its shim has exited. After a restart of the daemon, call it
    /// again.</summary>
    /// <exception cref="CnmException">NotFound: the sandbox never had a shim.</exception>
    Task<SandboxProcessState> WaitAsync(SandboxId sandbox, CancellationToken cancellationToken);

    /// <summary>Sends a signal to the command.</summary>
    /// <param name="sandbox">The sandbox of the command.</param>
    /// <param name="signal">The signal number, 1 to 64 (signal(7)).</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CnmException">Conflict: no command runs. InvalidParameter: there is no such signal.</exception>
    Task SignalAsync(SandboxId sandbox, int signal, CancellationToken cancellationToken);

    /// <summary>Lists the processes of a sandbox whose shim runs, in the daemon's PID namespace: the shim first, then all that descends
    /// from it, parents before their children. Empty when no shim runs.</summary>
    IReadOnlyList<int> ReadProcessIds(SandboxId sandbox);

    /// <summary>Holds up the command and all other processes of the sandbox. It is no error when they are held up already.</summary>
    /// <exception cref="CnmException">Conflict: the sandbox has no shim that runs. Unavailable: a process does not stop.</exception>
    Task PauseAsync(SandboxId sandbox, CancellationToken cancellationToken);

    /// <summary>Lets the processes of a sandbox go on. It is no error when they are not held up.</summary>
    /// <exception cref="CnmException">Unavailable: they do not go on.</exception>
    Task UnpauseAsync(SandboxId sandbox, CancellationToken cancellationToken);

    /// <summary>Ends the command and all processes that it left running: sends the signal, then SIGKILL after the grace time. Returns when
    /// all processes are gone. It is not an error when none runs.</summary>
    Task StopAsync(SandboxId sandbox, int signal, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>Has the command ended as by <see cref="StopAsync"/>, and does not wait for that. A command that was asked to end before
    /// is left the signal and the grace time that it was given. It is not an error when none runs.</summary>
    Task BeginStopAsync(SandboxId sandbox, int signal, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>Connects to the standard streams of the command. The connection first delivers all output so far (from the log), then new
    /// output, then an Exit frame. This also works after the command has ended, until <see cref="RemoveFiles"/> is called. While the
    /// connection is open, the command waits when it has written much more than was read.</summary>
    /// <exception cref="CnmException">NotFound: the sandbox never had a shim.</exception>
    Task<IProcessStreams> AttachAsync(SandboxId sandbox, CancellationToken cancellationToken);

    /// <summary>As <see cref="AttachAsync"/>, but only output from now on is delivered.</summary>
    Task<IProcessStreams> AttachToNewAsync(SandboxId sandbox, CancellationToken cancellationToken);

    /// <summary>Runs a further command in the sandbox and connects to its standard streams.</summary>
    /// <exception cref="CnmException">CommandNotFound or CommandNotExecutable: the command does not exist or cannot be executed. Conflict:
    /// the sandbox has no shim that runs.</exception>
    Task<IProcessStreams> ExecAsync(SandboxId sandbox, ProcessConfig command, CancellationToken cancellationToken);

    /// <summary>As <see cref="ExecAsync"/>, for a command that ends with its connection: when that is closed, or this process ends, the
    /// command gets SIGKILL, and so do all that it has started, unless they have both lost their parents and left its session.</summary>
    Task<IProcessStreams> ProbeAsync(SandboxId sandbox, ProcessConfig command, CancellationToken cancellationToken);

    /// <summary>Reads the lines of the command's output that are kept and asked for, oldest first. A reader that follows gets new lines
    /// until the command ends. The command does not wait for this reader, which passes over what is not kept any more.</summary>
    IAsyncEnumerable<LogLine> ReadLogAsync(SandboxId sandbox, LogQuery query, CancellationToken cancellationToken);

    /// <summary>Keeps a description of a sandbox beside its shim, for a daemon that has lost what it knew of it. It replaces an earlier
    /// one, and nothing happens for a sandbox that has no files of a shim.</summary>
    /// <exception cref="System.IO.IOException">The disk is full, or the file cannot be written.</exception>
    void WriteDescription(SandboxId sandbox, ReadOnlySpan<byte> description);

    /// <summary>Reads the description of a sandbox; null when there is none.</summary>
    /// <exception cref="System.IO.IOException">The file cannot be read.</exception>
    byte[]? ReadDescription(SandboxId sandbox);

    /// <summary>Removes the description of a sandbox, if there is one.</summary>
    /// <exception cref="System.IO.IOException">The file cannot be removed.</exception>
    void RemoveDescription(SandboxId sandbox);

    /// <summary>Removes all files of a shim, its log included. The shim must have ended. Connections that are open still deliver all
    /// output.</summary>
    void RemoveFiles(SandboxId sandbox);
}
