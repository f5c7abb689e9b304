using Microsoft.Win32.SafeHandles;

namespace Net.Shims.Logs;

/// <summary>Finds where the complete records of a log file end.</summary>
internal static class LogScan
{
    private const int BlockLength = 4096;

    /// <summary>The number of bytes, from the start of the file, that are complete records.</summary>
    internal static long FindEnd(SafeFileHandle file)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        long length = RandomAccess.GetLength(file);
        long blockStart = 0;
        int blockLength = 0;
        long end = 0;
        while (end + LogRecord.HeaderLength <= length)
        {
            if (end + LogRecord.HeaderLength > blockStart + blockLength)
            {
                blockStart = end;
                blockLength = RandomAccess.Read(file, block, blockStart);
                if (blockLength < LogRecord.HeaderLength)
                {
                    return end;
                }
            }

            ReadOnlySpan<byte> header = block.Slice((int)(end - blockStart), LogRecord.HeaderLength);
            if (!LogRecord.TryReadHeader(header, out int count) || end + LogRecord.HeaderLength + count > length)
            {
                return end;
            }

            end += LogRecord.HeaderLength + count;
        }

        return end;
    }
}
