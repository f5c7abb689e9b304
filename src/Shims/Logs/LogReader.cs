using Microsoft.Win32.SafeHandles;

using Net.Shims.Wire;

namespace Net.Shims.Logs;

/// <summary>Reads a log record by record, across its files, up to the length that is known to be written completely.</summary>
/// <remarks>A reader that is overtaken by the removal of files goes on with the oldest that is kept; the file that it reads stays open.
/// <see cref="OpenRest"/> may be called from another thread.</remarks>
internal sealed class LogReader : IDisposable
{
    private readonly string _directory;
    private readonly Action<LogReader>? _onDispose;
    private readonly ByteQueue _bytes = new();
    private readonly byte[] _block = new byte[64 * 1024];
    private readonly Lock _files = new();
    private Queue<(long Start, SafeFileHandle File)>? _rest;
    private SafeFileHandle? _file;
    private bool _isDisposed;
    private long _start = -1;
    private long _position;

    /// <summary>Opens a log; a log that does not exist is empty.</summary>
    /// <param name="directory">The folder of the log's files.</param>
    /// <param name="start">The offset of the record to begin with. When it is not kept any more, the oldest record is the first.</param>
    /// <param name="onDispose">Called when the reader is disposed.</param>
    internal LogReader(string directory, long start, Action<LogReader>? onDispose = null)
    {
        _directory = directory;
        _onDispose = onDispose;
        _position = start;
        TryOpenNext();
    }

    /// <summary>The offset that follows the last record that was read.</summary>
    internal long Position => _position - _bytes.Length;

    /// <summary>How long the log is now, in bytes: the offset at which its last file ends.</summary>
    internal long Length
    {
        get
        {
            lock (_files)
            {
                long start = _start;
                SafeFileHandle? last = _file;
                foreach ((long restStart, SafeFileHandle rest) in _rest ?? [])
                {
                    (start, last) = (restStart, rest);
                }

                if (_rest is null && LogFiles.ReadStarts(_directory) is [.., var newest] && newest > start)
                {
                    var file = new FileInfo(LogFiles.PathOf(_directory, newest));
                    return newest + (file.Exists ? file.Length : 0);
                }

                return last is null ? 0 : start + RandomAccess.GetLength(last);
            }
        }
    }

    /// <summary>Takes the next record.</summary>
    /// <param name="limit">The length in bytes up to which the log is written completely.</param>
    /// <returns>Null when there is no further whole record before the limit.</returns>
    internal LogRecord? TryRead(long limit)
    {
        while (true)
        {
            ReadOnlySpan<byte> bytes = _bytes.Span;
            if (bytes.Length >= LogRecord.HeaderLength)
            {
                if (!LogRecord.TryReadHeader(bytes, out int count))
                {
                    SkipFile();
                }
                else if (bytes.Length >= LogRecord.HeaderLength + count)
                {
                    LogRecord record = LogRecord.Read(bytes[..(LogRecord.HeaderLength + count)]);
                    _bytes.Drop(LogRecord.HeaderLength + count);
                    return record;
                }
            }

            if (!TryFill(limit))
            {
                return null;
            }
        }
    }

    /// <summary>Opens all further files of the log, so that it can be read to its end after they have been removed.</summary>
    internal void OpenRest()
    {
        lock (_files)
        {
            if (_rest is not null || _isDisposed)
            {
                return;
            }

            var rest = new Queue<(long Start, SafeFileHandle File)>();
            foreach (long start in LogFiles.ReadStarts(_directory))
            {
                if (start > _start && TryOpen(start) is { } file)
                {
                    rest.Enqueue((start, file));
                }
            }

            _rest = rest;
        }
    }

    public void Dispose()
    {
        _onDispose?.Invoke(this);
        lock (_files)
        {
            _isDisposed = true;
            _file?.Dispose();
            foreach ((_, SafeFileHandle file) in _rest ?? [])
            {
                file.Dispose();
            }
        }
    }

    private bool TryFill(long limit)
    {
        int wanted = (int)Math.Min(_block.Length, limit - _position);
        if (wanted <= 0)
        {
            return false;
        }

        int count = _file is null ? 0 : RandomAccess.Read(_file, _block.AsSpan(0, wanted), _position - _start);
        if (count == 0)
        {
            return TryOpenNext();
        }

        _position += count;
        _bytes.Append(_block.AsSpan(0, count));
        return true;
    }

    // Bytes that are no record: a power failure or another program made them. What follows in the file cannot be told apart.
    private void SkipFile()
    {
        _bytes.Drop(_bytes.Length);
        _position = Math.Max(_position, _start + RandomAccess.GetLength(_file!));
    }

    /// <summary>Opens the file that has the position, or else the first one behind it.</summary>
    /// <returns>False when there is none but the present one.</returns>
    private bool TryOpenNext()
    {
        lock (_files)
        {
            for (long after = _start; TakeNext(after) is { } next; after = next.Start)
            {
                if (next.File is { } file)
                {
                    _file?.Dispose();
                    (_file, _start) = (file, next.Start);
                    _bytes.Drop(_bytes.Length); // an incomplete record at the end of the file before, left by a shim that was killed
                    _position = Math.Max(_position, _start);
                    return true;
                }
            }

            return false;
        }
    }

    private (long Start, SafeFileHandle? File)? TakeNext(long after)
    {
        if (_rest is not null)
        {
            return _rest.TryDequeue(out (long Start, SafeFileHandle File) opened) ? opened : null;
        }

        long? next = null;
        foreach (long start in LogFiles.ReadStarts(_directory))
        {
            // The last one that begins at or before the position has it; but the present file has been read to its end.
            if (start > after && (next is null || start <= _position))
            {
                next = start;
            }
        }

        return next is { } found ? (found, TryOpen(found)) : null;
    }

    // Null when the file was removed meanwhile.
    private SafeFileHandle? TryOpen(long start)
    {
        try
        {
            return File.OpenHandle(
                LogFiles.PathOf(_directory, start), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
