using Microsoft.Win32.SafeHandles;

using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;

namespace Net.Shims.Logs;

/// <summary>Appends a command's output to its log, in files of limited size of which the newest are kept. Output that cannot be written,
/// because the disk is full up to its reserve, is dropped and counted.</summary>
/// <remarks>The log is the only buffer between the command and its readers. A reader that is attached sets the command's pace: while it is
/// more than <see cref="MaximumLag"/> behind, the log takes no more, and no file is removed that it has still to read.</remarks>
internal sealed class LogWriter : IOutputSink, IDisposable
{
    /// <summary>How far the slowest attached reader may be behind, in bytes.</summary>
    internal const int MaximumLag = 1 << 20;

    /// <summary>The least size of the parts, in bytes, that a long piece is split into where a file is to be shorter than it.</summary>
    private const int ShortestLimit = 4096 - LogRecord.HeaderLength;

    private readonly string _directory;
    private readonly long _maximumSize;
    private readonly int _maximumFiles;
    private readonly int _longestPart;
    private readonly TimeProvider _time;
    private readonly DiskReserve _reserve;
    private SafeFileHandle? _file;
    private long _start;

    /// <summary>Goes on with the log in a folder, or begins one there.</summary>
    /// <param name="directory">The folder; it exists.</param>
    /// <param name="maximumSize">The size in bytes at which the next file is begun. A file has one record at least, of up to 4096
    /// bytes.</param>
    /// <param name="maximumFiles">The number of files that are kept, at least 1.</param>
    /// <param name="time">The clock for the times of the records.</param>
    /// <param name="loss">Counts what cannot be written.</param>
    /// <param name="reserve">What the log leaves of its disk.</param>
    internal LogWriter(
        string directory, long maximumSize, int maximumFiles, TimeProvider time, LogLoss loss, DiskReserve reserve)
    {
        _directory = directory;
        _maximumSize = maximumSize;
        _longestPart = (int)Math.Clamp(maximumSize - LogRecord.HeaderLength, ShortestLimit, LogRecord.MaximumLength);
        _maximumFiles = maximumFiles;
        _time = time;
        _reserve = reserve;
        Loss = loss;
        if (LogFiles.ReadStarts(directory) is [.., var last])
        {
            GoOn(last);
        }
    }

    /// <summary>The length of the log in bytes: the offset that follows the last record.</summary>
    internal long Length { get; private set; }

    /// <summary>The offset up to which the slowest attached reader has read; <see cref="long.MaxValue"/> when none is attached.</summary>
    internal long SlowestReader { get; set; } = long.MaxValue;

    /// <summary>What could not be written.</summary>
    internal LogLoss Loss { get; }

    /// <inheritdoc/>
    public bool IsFull => Length - SlowestReader > MaximumLag;

    /// <inheritdoc/>
    public void Write(StreamKind stream, Span<byte> piece)
    {
        // The header of each further part stands where the end of the part before was, which is written already.
        for (; piece.Length - LogRecord.HeaderLength > _longestPart; piece = piece[_longestPart..])
        {
            WritePart(stream, piece[..(LogRecord.HeaderLength + _longestPart)]);
        }

        WritePart(stream, piece);
    }

    public void Dispose() => _file?.Dispose();

    private void WritePart(StreamKind stream, Span<byte> piece)
    {
        int length = piece.Length - LogRecord.HeaderLength;
        LogRecord.WriteHeader(piece, stream, length, _time.GetUtcNow());
        Errno errno = Append(piece);
        if (errno == Errno.None)
        {
            Length += piece.Length;
            Loss.NoteWritten();
        }
        else
        {
            Loss.Add(length, errno);
        }
    }

    private Errno Append(ReadOnlySpan<byte> record)
    {
        bool isFirst = Length == _start;
        if (_file is null || (!isFirst && Length - _start + record.Length > _maximumSize))
        {
            Errno refused = BeginNextFile();
            if (refused != Errno.None)
            {
                return refused;
            }
        }

        if (!_reserve.Remains(_file!, record.Length))
        {
            return Errno.NoSpace;
        }

        // The logs of many containers may see the same room before they write. So each looks again, and gives back what was too much.
        Errno errno = Descriptor.WriteAllAt(_file!, record, Length - _start);
        errno = errno == Errno.None && !_reserve.Remains(_file!, 0) ? Errno.NoSpace : errno;
        if (errno != Errno.None)
        {
            TryTruncate();
        }

        return errno;
    }

    private Errno BeginNextFile()
    {
        // Before the new file is begun: on a full disk this makes the room for it.
        RemoveOldest();
        try
        {
            SafeFileHandle next = Descriptor.OpenOrCreate(LogFiles.PathOf(_directory, Length));
            _file?.Dispose();
            _file = next;
            _start = Length;
            return Errno.None;
        }
        catch (LinuxException error)
        {
            return error.Errno;
        }
    }

    private void RemoveOldest()
    {
        List<long> starts = LogFiles.ReadStarts(_directory);
        for (int i = 0; i < starts.Count - (_maximumFiles - 1); i++)
        {
            long end = i + 1 < starts.Count ? starts[i + 1] : Length;
            if (end > SlowestReader)
            {
                return;
            }

            try
            {
                File.Delete(LogFiles.PathOf(_directory, starts[i]));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return; // a disk that became read-only: it is tried again with the next file
            }
        }
    }

    // A shim that was killed may have left an incomplete record at the end.
    private void GoOn(long start)
    {
        string path = LogFiles.PathOf(_directory, start);
        try
        {
            SafeFileHandle file = Descriptor.OpenOrCreate(path);
            long length = RandomAccess.GetLength(file);
            long valid = LogScan.FindEnd(file);
            if (valid < length)
            {
                RandomAccess.SetLength(file, valid);
            }

            (_file, _start, Length) = (file, start, start + valid);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It cannot be written; the next file begins behind it.
            Length = start + new FileInfo(path).Length;
            _start = Length;
        }
    }

    // Readers stop at Length, but one that looks after the shim was killed would find half a record.
    private void TryTruncate()
    {
        try
        {
            RandomAccess.SetLength(_file!, Length - _start);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next record is written over it.
        }
    }
}
