using Net.Api.Streams;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;

namespace Net.Daemon.Http;

/// <summary>A further command of a container: to be run, running or ended.</summary>
internal sealed class Execution
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<IProcessStreams?> _streams = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _began;
    private bool _ended;
    private int? _exitCode;
    private int _processId;

    /// <summary>The id, 64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Its container.</summary>
    public required SandboxId Sandbox { get; init; }

    /// <summary>The command.</summary>
    public required ProcessConfig Command { get; init; }

    /// <summary>Whether Docker's clients get its standard output.</summary>
    public required bool Output { get; init; }

    /// <summary>Whether Docker's clients get its standard error.</summary>
    public required bool Error { get; init; }

    /// <summary>The keys by which a client leaves it; null for the usual ones.</summary>
    public required DetachKeys? Keys { get; init; }

    /// <summary>Whether it was not started yet.</summary>
    public bool IsWaiting => Look().Began is false;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => Look().Ended;

    /// <summary>Its process id, also after it has ended; 0 before it runs, and where its container's shim does not tell.</summary>
    public int ProcessId => Volatile.Read(ref _processId);

    /// <summary>Its state at this moment: whether it was started, whether it has ended, and how.</summary>
    public (bool Began, bool Ended, int? ExitCode) Look()
    {
        lock (_lock)
        {
            return (_began, _ended, _exitCode);
        }
    }

    /// <summary>Begins to start it.</summary>
    /// <exception cref="CnmException">Conflict: that was done before.</exception>
    public void Begin()
    {
        lock (_lock)
        {
            if (_began)
            {
                string state = _ended ? "has already run" : "is already running";
                throw new CnmException(
                    CnmErrorKind.Conflict, $"Error: Exec command {Id} {state}; each is started once, after it was created");
            }

            _began = true;
        }
    }

    /// <summary>Says that it runs.</summary>
    public void Run(IProcessStreams streams)
    {
        Volatile.Write(ref _processId, streams.ProcessId);
        _streams.TrySetResult(streams);
    }

    /// <summary>Says that it has ended, or cannot be started.</summary>
    /// <param name="code">The exit code.</param>
    public void End(int code)
    {
        lock (_lock)
        {
            _ended = true;
            _exitCode = code;
        }

        _streams.TrySetResult(null);
    }

    /// <summary>Tells its terminal its size. One that is about to be started is waited for.</summary>
    /// <exception cref="CnmException">Conflict: it does not run.</exception>
    public async Task ResizeAsync(TerminalSize size, CancellationToken cancellationToken)
    {
        try
        {
            if (!HasEnded && await _streams.Task.WaitAsync(StartLimit, cancellationToken) is { } streams)
            {
                await streams.WriteAsync(StreamFrame.Resize(size), cancellationToken);
                return;
            }
        }
        catch (Exception error) when (error is TimeoutException or ObjectDisposedException)
        {
            // It was not started, or has ended meanwhile.
        }

        throw new CnmException(CnmErrorKind.Conflict, $"Exec command {Id} is not running");
    }
}
