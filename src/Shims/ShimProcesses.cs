using System.Buffers.Binary;
using System.Text.Json;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Linux.Processes;
using Net.Shims.Logs;
using Net.Shims.Orphans;
using Net.Shims.Pauses;
using Net.Shims.States;
using Net.Shims.Streams;
using Net.Shims.Wire;

namespace Net.Shims;

/// <summary>The daemon's side of the shims. Each shim has a directory, in which it listens on a socket and keeps its state.</summary>
/// <remarks>Keeps nothing in memory that a restarted daemon would miss. Safe to use from several threads; the caller must prevent two
/// starts of one sandbox at the same time. Call it from the daemon's own namespaces: a shim starts in those of the calling
/// thread.</remarks>
public sealed class ShimProcesses : ISandboxProcesses, IDisposable
{
    private const int IdLength = 64;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly ShimChildren _children = new();
    private readonly ShimStarter _starter;
    private readonly ShimEndings _endings;
    private readonly SandboxPauses _pauses;
    private readonly LogReaders _logs;
    private readonly LogLines _lines;
    private readonly string _logDirectory;

    /// <summary>Creates the daemon's side for the shims in a directory; they may have been started by an earlier daemon.</summary>
    /// <param name="directory">EXEC_ROOT/shims; created with mode 0700 when it does not exist. The path may be of any length.</param>
    /// <param name="logDirectory">DATA_ROOT/logs, for the output of commands; created in the same way.</param>
    /// <param name="program">The path of <c>netctl-shim</c>.</param>
    /// <param name="time">The clock for grace times and for how long a shim has to answer.</param>
    /// <param name="openFiles">The hard limit of open files that commands get; null for that of this process as it is now.</param>
    /// <param name="onNotice">Called from any thread with a sentence for the daemon's log: what a shim that is waited for has to say, and
    /// that one was ended because it did not answer.</param>
    public ShimProcesses(
        string directory,
        string logDirectory,
        string program,
        TimeProvider time,
        ulong? openFiles = null,
        Action<SandboxId, string>? onNotice = null)
    {
        _directory = Path.GetFullPath(directory);
        _logDirectory = Path.GetFullPath(logDirectory);
        _logs = new LogReaders(_logDirectory);
        _lines = new LogLines(_logs, time);
        _time = time;
        _pauses = new SandboxPauses(_directory, time);
        _endings = new ShimEndings(_directory, time, onNotice ?? (static (_, _) => { }), _pauses);
        _starter = new ShimStarter(program, openFiles ?? OpenFileLimit.Read().Hard, _children, time);
        Directory.CreateDirectory(_directory, OwnerOnly);
        try
        {
            Directory.CreateDirectory(_logDirectory, OwnerOnly);
            File.SetUnixFileMode(_logDirectory, OwnerOnly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A disk that is full or read-only: what runs is served, and each start says what is wrong.
        }
    }

    /// <inheritdoc/>
    public async Task<SandboxProcessState> StartAsync(SandboxProcessSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string directory = DirectoryOf(spec.Sandbox);
        if (StateFile.Read(directory) is { } earlier && (earlier.IsShimRunning || OrphanedProcesses.Find(earlier).Count > 0))
        {
            throw new CnmException(CnmErrorKind.Conflict, $"container {spec.Sandbox.Short}: its command still runs; stop it first");
        }

        _logs.OpenRest(spec.Sandbox); // the new run's shim does not know of readers of the run before
        return (await _starter.StartAsync(directory, _logs.DirectoryOf(spec.Sandbox), spec)).ToState(shimAlive: true);
    }

    /// <inheritdoc/>
    public IReadOnlyList<SandboxId> ReadSandboxIds() =>
    [
        .. Directory.EnumerateDirectories(_directory)
            .Concat(Directory.Exists(_logDirectory) ? Directory.EnumerateDirectories(_logDirectory) : [])
            .Select(directory => Path.GetFileName(directory))
            .Where(name => name.Length == IdLength && name.All(char.IsAsciiHexDigitLower))
            .Distinct()
            .Select(SandboxId.Parse),
    ];

    /// <summary>Whether any shim runs, of whatever daemon.</summary>
    public bool AnyRuns() => ReadSandboxIds().Any(sandbox =>
    {
        try
        {
            return StateFile.Read(DirectoryOf(sandbox)) is { IsShimRunning: true };
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return false; // its state is looked at, and the error reported, when it is taken up
        }
    });

    /// <inheritdoc/>
    public Task<SandboxProcessState?> ReadStateAsync(SandboxId sandbox, CancellationToken cancellationToken) =>
        Task.FromResult(StateFile.Read(DirectoryOf(sandbox)) is { } record ? record.ToState(record.IsShimRunning) : null);

    /// <inheritdoc/>
    /// <exception cref="CnmException">NotFound: the sandbox never had a shim.</exception>
    public async Task<SandboxProcessState> WaitAsync(SandboxId sandbox, CancellationToken cancellationToken) =>
        (await _endings.WaitAsync(sandbox, cancellationToken)).ToState(shimAlive: false);

    /// <inheritdoc/>
    /// <exception cref="CnmException">Conflict: no command runs. InvalidParameter: no such signal.</exception>
    public async Task SignalAsync(SandboxId sandbox, int signal, CancellationToken cancellationToken)
    {
        string directory = DirectoryOf(sandbox);
        if (signal is < 1 or > 64)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, $"{signal} is no signal; take a number from 1 to 64");
        }

        using ShimConnection? connection = await ShimConnection.ConnectAsync(directory, cancellationToken);
        if (connection is not null
            && await AnswerAsync(sandbox, connection, ControlKind.Signal, new[] { (byte)signal }, cancellationToken) is { } answer)
        {
            ThrowIfFailed(sandbox, answer);
            return;
        }

        if (StateFile.Read(directory) is { MayHaveOrphans: true, Command: { IsRunning: true } orphan } && Signals.Send(orphan.Id, signal))
        {
            return;
        }

        throw new CnmException(CnmErrorKind.Conflict, $"container {sandbox.Short} is not running");
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> ReadProcessIds(SandboxId sandbox) => StateFile.Read(DirectoryOf(sandbox)) is { IsShimRunning: true } record
        ? [record.Shim.Id, .. SandboxTree.Read(record).Select(static process => process.Id)]
        : [];

    /// <inheritdoc/>
    public Task PauseAsync(SandboxId sandbox, CancellationToken cancellationToken) => _pauses.HoldAsync(sandbox, cancellationToken);

    /// <inheritdoc/>
    public Task UnpauseAsync(SandboxId sandbox, CancellationToken cancellationToken) => _pauses.ReleaseAsync(sandbox, cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(SandboxId sandbox, int signal, TimeSpan grace, CancellationToken cancellationToken) =>
        _endings.StopAsync(sandbox, signal, grace, cancellationToken);

    /// <inheritdoc/>
    public Task BeginStopAsync(SandboxId sandbox, int signal, TimeSpan grace, CancellationToken cancellationToken) =>
        _endings.BeginStopAsync(sandbox, signal, grace, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="CnmException">NotFound: the sandbox never had a shim.</exception>
    public Task<IProcessStreams> AttachAsync(SandboxId sandbox, CancellationToken cancellationToken) =>
        AttachAsync(sandbox, fromStart: true, cancellationToken);

    /// <inheritdoc/>
    public Task<IProcessStreams> AttachToNewAsync(SandboxId sandbox, CancellationToken cancellationToken) =>
        AttachAsync(sandbox, fromStart: false, cancellationToken);

    private async Task<IProcessStreams> AttachAsync(SandboxId sandbox, bool fromStart, CancellationToken cancellationToken)
    {
        string directory = DirectoryOf(sandbox);
        ShimConnection? connection = await LogLines.FollowAsync(directory, cancellationToken);

        // A shim that has answered will also send the exit code; for a shim that was just ending, the state file has it.
        Frame? first = null;
        try
        {
            first = connection is null ? null : await FirstFrameAsync(sandbox, connection, cancellationToken);
        }
        finally
        {
            if (first is null)
            {
                connection?.Dispose();
                connection = null;
            }
        }

        try
        {
            if (StateFile.Read(directory) is { } record)
            {
                // The shim has told the length of the log first: where a whole record ends.
                long start = fromStart || first is not { Control: ControlKind.LogLength } length
                    ? record.LogStart
                    : BinaryPrimitives.ReadInt64BigEndian(length.Bytes.Span);
                ShimConnection? progress = connection is null ? null : await HoldAsync(directory, start);
                ShimLink? link = connection is null ? null : new ShimLink(connection, first!.Value, progress);
                LogReader log = _logs.Open(sandbox, start);
                return new MainStreams(directory, record, start, link, log, (signal, cancelled) => SignalAsync(sandbox, signal, cancelled));
            }
        }
        catch
        {
            connection?.Dispose();
            throw;
        }

        connection?.Dispose();
        throw new CnmException(CnmErrorKind.NotFound, $"container {sandbox.Short} was never started");
    }

    /// <inheritdoc/>
    public Task<IProcessStreams> ExecAsync(SandboxId sandbox, ProcessConfig command, CancellationToken cancellationToken) =>
        ExecAsync(sandbox, command, command.User is null ? ControlKind.Exec : ControlKind.ExecAs, cancellationToken);

    /// <inheritdoc/>
    public Task<IProcessStreams> ProbeAsync(SandboxId sandbox, ProcessConfig command, CancellationToken cancellationToken) =>
        ExecAsync(sandbox, command, ControlKind.Probe, cancellationToken);

    private async Task<IProcessStreams> ExecAsync(
        SandboxId sandbox, ProcessConfig command, ControlKind kind, CancellationToken cancellationToken)
    {
        ShimConnection connection = await ShimConnection.ConnectAsync(DirectoryOf(sandbox), cancellationToken) ?? throw NotRunning(sandbox);
        try
        {
            byte[] request = JsonSerializer.SerializeToUtf8Bytes(command, WireJson.Default.ProcessConfig);
            Frame answer = await AnswerAsync(sandbox, connection, kind, request, cancellationToken) ?? throw NotRunning(sandbox);
            ThrowIfFailed(sandbox, answer);
            int processId = answer.Bytes.Length == sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(answer.Bytes.Span) : 0;
            return new ExecStreams(connection, processId);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LogLine> ReadLogAsync(SandboxId sandbox, LogQuery query, CancellationToken cancellationToken) =>
        _lines.ReadAsync(sandbox, DirectoryOf(sandbox), query, cancellationToken);

    /// <inheritdoc/>
    public void WriteDescription(SandboxId sandbox, ReadOnlySpan<byte> description)
    {
        // Each start of a daemon describes all sandboxes again.
        if (Directory.Exists(DirectoryOf(sandbox)) && !(ReadDescription(sandbox) is { } present && description.SequenceEqual(present)))
        {
            WholeFile.Write(DescriptionOf(sandbox), description, flushToDisk: false); // it is as old as the boot
        }
    }

    /// <inheritdoc/>
    public byte[]? ReadDescription(SandboxId sandbox) =>
        File.Exists(DescriptionOf(sandbox)) ? File.ReadAllBytes(DescriptionOf(sandbox)) : null;

    /// <inheritdoc/>
    public void RemoveDescription(SandboxId sandbox)
    {
        if (Directory.Exists(DirectoryOf(sandbox)))
        {
            File.Delete(DescriptionOf(sandbox));
        }
    }

    /// <inheritdoc/>
    public void RemoveFiles(SandboxId sandbox)
    {
        string directory = DirectoryOf(sandbox);
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        _logs.Remove(sandbox);
    }

    /// <summary>Stops reaping shims that end; running shims are not affected.</summary>
    public void Dispose() => _children.Dispose();

    // Has the shim hold the command to the pace of a reader that has read nothing yet.
    private static async Task<ShimConnection?> HoldAsync(string directory, long start)
    {
        ShimConnection? connection = await ShimConnection.ConnectAsync(directory, CancellationToken.None);
        if (connection is not null)
        {
            await ShimLink.SendProgressAsync(connection, start, CancellationToken.None);
        }

        return connection;
    }

    /// <summary>Sends a request and takes its answer.</summary>
    /// <returns>Null when the shim has ended.</returns>
    /// <exception cref="CnmException">Unavailable: it has not answered in time.</exception>
    private async Task<Frame?> AnswerAsync(
        SandboxId sandbox, ShimConnection connection, ControlKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await connection.SendAsync(kind, payload, cancellationToken);
        return await FirstFrameAsync(sandbox, connection, cancellationToken);
    }

    private async Task<Frame?> FirstFrameAsync(SandboxId sandbox, ShimConnection connection, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ShimEndings.AnswerLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await connection.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            string process = StateFile.Read(DirectoryOf(sandbox)) is { } record ? $" (process {record.Shim.Id})" : "";
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"container {sandbox.Short}: its shim{process} has not answered for {ShimEndings.AnswerLimit.TotalSeconds} s; continue it "
                    + "with kill -CONT when it is stopped, or end the container with netctl rm -f");
        }
    }

    private static void ThrowIfFailed(SandboxId sandbox, Frame answer)
    {
        if (answer.Control == ControlKind.Failed)
        {
            Failure failure = JsonSerializer.Deserialize(answer.Bytes.Span, WireJson.Default.Failure)!;
            bool named = failure.Kind is CnmErrorKind.CommandNotFound or CnmErrorKind.CommandNotExecutable;
            throw new CnmException(failure.Kind, named ? failure.Message : $"container {sandbox.Short}: {failure.Message}");
        }
    }

    private static CnmException NotRunning(SandboxId sandbox) =>
        new(CnmErrorKind.Conflict, $"container {sandbox.Short} is not running; start it first");

    private string DescriptionOf(SandboxId sandbox) => Path.Combine(DirectoryOf(sandbox), ShimFiles.Description);

    private string DirectoryOf(SandboxId sandbox) => Path.Combine(_directory, sandbox.Value);
}
