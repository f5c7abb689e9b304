using System.Buffers.Binary;

using Net.Cnm.Processes;
using Net.Shims.Logs;
using Net.Shims.States;
using Net.Shims.Wire;

namespace Net.Shims.Streams;

/// <summary>The streams of a sandbox's main command: its output read from the log, its input and its exit code over a connection.</summary>
/// <remarks>The log is the one way that output takes, so what was written before and after attaching joins without a gap, and a slow reader
/// misses nothing.</remarks>
internal sealed class MainStreams : IProcessStreams
{
    /// <summary>Pieces of one stream that lie in a row are joined up to this many bytes.</summary>
    private const int LongestFrame = 64 * 1024;

    private readonly string _directory;
    private readonly ShimConnection? _connection;
    private readonly LogReader _log;
    private readonly Func<int, CancellationToken, Task> _signal;
    private readonly ByteQueue _joined = new();
    private Frame? _first;
    private LogRecord? _next;
    private long _limit;
    private bool _ended;
    private byte? _exitCode;
    private bool _exitTold;

    /// <summary>Reads from where this run's output begins.</summary>
    /// <param name="directory">The shim's.</param>
    /// <param name="record">What the shim has made known.</param>
    /// <param name="connection">A connection that has asked to attach; null when the shim has ended.</param>
    /// <param name="first">What the connection has brought already; null when the shim has ended.</param>
    /// <param name="signal">Sends a signal to the command: over a connection of its own, since input that waits would hold it up.</param>
    internal MainStreams(
        string directory, ShimRecord record, ShimConnection? connection, Frame? first, Func<int, CancellationToken, Task> signal)
    {
        _directory = directory;
        _connection = connection;
        _first = first;
        _signal = signal;
        _log = new LogReader(Path.Combine(directory, ShimFiles.Output), record.LogStart);
        _exitCode = (byte?)record.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask<StreamFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TakeOutput() is { } output)
            {
                return output;
            }

            if (_ended)
            {
                return TakeExit();
            }

            Frame? news = _first ?? (_connection is null ? null : await _connection.ReadAsync(cancellationToken));
            _first = null;
            if (news is { Control: ControlKind.LogLength } length)
            {
                _limit = BinaryPrimitives.ReadInt64BigEndian(length.Bytes.Span);
            }
            else if (news is { Stream: StreamKind.Exit, Bytes.Length: 1 } exit)
            {
                _exitCode = exit.Bytes.Span[0];
            }
            else if (news is null)
            {
                _ended = true; // the log grows no more
                _exitCode ??= (byte?)StateFile.Read(_directory)?.ExitCode; // before the output goes out, for the sandbox may be gone then
                _limit = _log.Length;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(StreamFrame frame, CancellationToken cancellationToken)
    {
        if (frame.Kind == StreamKind.Signal)
        {
            await _signal(frame.Bytes.Span[0], cancellationToken);
        }
        else if (_connection is not null)
        {
            await _connection.SendAsync((byte)frame.Kind, frame.Bytes, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        _log.Dispose();
        return ValueTask.CompletedTask;
    }

    private StreamFrame? TakeOutput()
    {
        _next ??= _log.TryRead(_limit);
        if (_next is not { } first)
        {
            return null;
        }

        while (_next is { } record
            && record.Stream == first.Stream
            && (_joined.Length == 0 || _joined.Length + record.Bytes.Length <= LongestFrame))
        {
            _joined.Append(record.Bytes.Span);
            _next = _log.TryRead(_limit);
        }

        var frame = new StreamFrame(first.Stream, _joined.Span.ToArray());
        _joined.Drop(_joined.Length);
        return frame;
    }

    private StreamFrame? TakeExit()
    {
        if (_exitTold || _exitCode is not { } code)
        {
            return null;
        }

        _exitTold = true;
        return new StreamFrame(StreamKind.Exit, new[] { code });
    }
}
