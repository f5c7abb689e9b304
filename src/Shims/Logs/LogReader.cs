using Microsoft.Win32.SafeHandles;

using Net.Shims.Wire;

namespace Net.Shims.Logs;

/// <summary>Reads a log record by record, up to the length that is known to be written completely.</summary>
internal sealed class LogReader : IDisposable
{
    private readonly SafeFileHandle? _file;
    private readonly ByteQueue _bytes = new();
    private readonly byte[] _block = new byte[64 * 1024];
    private long _position;

    /// <summary>Opens a log; a log that does not exist is empty.</summary>
    /// <param name="path">The log.</param>
    /// <param name="start">The offset of the record to begin with.</param>
    internal LogReader(string path, long start)
    {
        _position = start;
        try
        {
            _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            _file = null;
        }
    }

    /// <summary>How long the log is now, in bytes.</summary>
    internal long Length => _file is null ? 0 : RandomAccess.GetLength(_file);

    /// <summary>Takes the next record.</summary>
    /// <param name="limit">The length in bytes up to which the log is written completely.</param>
    /// <returns>Null when there is no further whole record before the limit.</returns>
    internal LogRecord? TryRead(long limit)
    {
        while (true)
        {
            int lineEnd = _bytes.Span.IndexOf((byte)'\n');
            if (lineEnd >= 0)
            {
                LogRecord? record = LogRecord.Parse(_bytes.Span[..lineEnd]);
                _bytes.Drop(lineEnd + 1);
                if (record is not null)
                {
                    return record;
                }

                continue; // an incomplete record is skipped
            }

            int wanted = (int)Math.Min(_block.Length, limit - _position);
            int count = wanted <= 0 || _file is null ? 0 : RandomAccess.Read(_file, _block.AsSpan(0, wanted), _position);
            if (count <= 0)
            {
                return null;
            }

            _position += count;
            _bytes.Append(_block.AsSpan(0, count));
        }
    }

    public void Dispose() => _file?.Dispose();
}
