using System.Buffers.Binary;

using Net.Cnm.Processes;

namespace Net.Shims.Logs;

/// <summary>One piece of output in a log: what one read of the command's pipe returned.</summary>
/// <param name="Time">The time at which the piece was read.</param>
/// <param name="Stream">StandardOutput or StandardError.</param>
/// <param name="Bytes">The bytes as the command wrote them.</param>
/// <remarks>In the file: stream (1 byte, as <see cref="StreamKind"/>), the number of bytes (3 bytes), the time in units of 100 nanoseconds
/// since the year 1, UTC (8 bytes), both little-endian; then the bytes.</remarks>
internal readonly record struct LogRecord(DateTimeOffset Time, StreamKind Stream, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The length in bytes of what stands before a record's bytes.</summary>
    internal const int HeaderLength = 12;

    /// <summary>The largest number of bytes in one record: what three bytes can say.</summary>
    internal const int MaximumLength = (1 << 24) - 1;

    /// <summary>Writes the header of a record.</summary>
    internal static void WriteHeader(Span<byte> header, StreamKind stream, int length, DateTimeOffset time)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)length << 8 | (byte)stream);
        BinaryPrimitives.WriteInt64LittleEndian(header[4..], time.UtcTicks);
    }

    /// <summary>Reads the header of a record.</summary>
    /// <param name="header">At least <see cref="HeaderLength"/> bytes.</param>
    /// <param name="length">The number of bytes that follow it.</param>
    /// <returns>False when these bytes are no header, as the zeros that a file may have after a power failure.</returns>
    internal static bool TryReadHeader(ReadOnlySpan<byte> header, out int length)
    {
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(header);
        length = (int)(first >> 8);
        return length > 0
            && (StreamKind)(byte)first is StreamKind.StandardOutput or StreamKind.StandardError
            && (ulong)BinaryPrimitives.ReadInt64LittleEndian(header[4..]) <= (ulong)DateTime.MaxValue.Ticks;
    }

    /// <summary>Reads a whole record, whose header was found valid. Its bytes are copied.</summary>
    internal static LogRecord Read(ReadOnlySpan<byte> record) => new(
        new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(record[4..]), TimeSpan.Zero),
        (StreamKind)record[0],
        record[HeaderLength..].ToArray());
}
