using System.Buffers.Binary;

using Net.Cnm.Processes;
using Net.Shims.Logs;
using Net.Shims.States;
using Net.Shims.Wire;

namespace Net.Shims.Streams;

/// <summary>The streams of a sandbox's main command: the output is read from the log; input and exit code go over a connection.</summary>
/// <remarks>All output goes through the log, so output from before and after attaching joins without a gap. The shim is told how far the
/// output was read, and holds the command to that pace.</remarks>
internal sealed class MainStreams : IProcessStreams
{
    /// <summary>Consecutive pieces of one stream are joined up to this many bytes.</summary>
    private const int LongestFrame = 64 * 1024;

    /// <summary>The shim is told of progress in steps of this many bytes: a fraction of <see cref="LogWriter.MaximumLag"/>.</summary>
    private const int ProgressStep = LogWriter.MaximumLag / 8;

    private readonly string _directory;
    private readonly ShimLink? _link;
    private readonly LogReader _log;
    private readonly Func<int, CancellationToken, Task> _signal;
    private readonly ByteQueue _joined = new();
    private Frame? _first;
    private LogRecord? _next;
    private long _limit;
    private long _returned;
    private long _told;
    private bool _ended;
    private byte? _exitCode;
    private bool _exitReturned;

    /// <summary>Begins to read.</summary>
    /// <param name="directory">The shim's directory.</param>
    /// <param name="record">The content of the shim's state file.</param>
    /// <param name="start">The offset in the log at which to begin.</param>
    /// <param name="link">The connections to the shim; null when the shim has ended.</param>
    /// <param name="log">A reader of the log that begins there.</param>
    /// <param name="signal">Sends a signal to the command over a connection of its own, since unsent input would delay it on this
    /// one.</param>
    internal MainStreams(
        string directory, ShimRecord record, long start, ShimLink? link, LogReader log, Func<int, CancellationToken, Task> signal)
    {
        _directory = directory;
        _link = link;
        _first = link?.First;
        _signal = signal;
        _log = log;
        _told = _returned = start;
        _exitCode = (byte?)record.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask<StreamFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        // What was returned before has been passed on by now.
        if (_link is not null && _returned - _told >= ProgressStep)
        {
            _told = _returned;
            await _link.TellProgressAsync(_told, cancellationToken);
        }

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

            Frame? frame = _first ?? (_link is null ? null : await _link.Streams.ReadAsync(cancellationToken));
            _first = null;
            if (frame is { Control: ControlKind.LogLength } length)
            {
                _limit = BinaryPrimitives.ReadInt64BigEndian(length.Bytes.Span);
            }
            else if (frame is { Stream: StreamKind.Exit, Bytes.Length: 1 } exit)
            {
                _exitCode = exit.Bytes.Span[0];
            }
            else if (frame is null)
            {
                _ended = true; // the log grows no more
                // read before the last output is returned: the sandbox may be removed afterwards
                _exitCode ??= (byte?)StateFile.Read(_directory)?.ExitCode;
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
        else if (_link is not null)
        {
            await _link.Streams.SendAsync((byte)frame.Kind, frame.Bytes, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _link?.Dispose();
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
            _returned = _log.Position;
            _next = _log.TryRead(_limit);
        }

        var frame = new StreamFrame(first.Stream, _joined.Span.ToArray());
        _joined.Drop(_joined.Length);
        return frame;
    }

    private StreamFrame? TakeExit()
    {
        if (_exitReturned || _exitCode is not { } code)
        {
            return null;
        }

        _exitReturned = true;
        return new StreamFrame(StreamKind.Exit, new[] { code });
    }
}
