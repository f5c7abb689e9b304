using Net.Cnm.Processes;
using Net.Shims.Wire;

namespace Net.Shims.Logs;

/// <summary>Makes lines of the pieces of a log, separately for each stream.</summary>
internal sealed class LineAssembler
{
    /// <summary>The length in bytes at which a long line is split.</summary>
    internal const int LongestPart = 1 << 20;

    private readonly Part _output = new(StreamKind.StandardOutput);
    private readonly Part _error = new(StreamKind.StandardError);

    /// <summary>Adds a piece.</summary>
    /// <returns>The lines that the piece completes, each with the time of the piece in which it begins. The piece is added as they are
    /// enumerated.</returns>
    internal IEnumerable<LogLine> Add(LogRecord record)
    {
        Part part = record.Stream == StreamKind.StandardError ? _error : _output;
        for (ReadOnlyMemory<byte> rest = record.Bytes; !rest.IsEmpty;)
        {
            int lineEnd = rest.Span.IndexOf((byte)'\n');
            bool ends = lineEnd >= 0;
            ReadOnlyMemory<byte> bytes = ends ? rest[..(lineEnd + 1)] : rest;
            rest = rest[bytes.Length..];
            if (ends && part.Bytes.Length == 0)
            {
                yield return new LogLine(record.Time, record.Stream, bytes);
                continue;
            }

            part.Time = part.Bytes.Length == 0 ? record.Time : part.Time;
            part.Bytes.Append(bytes.Span);
            if (ends || part.Bytes.Length >= LongestPart)
            {
                yield return part.Take();
            }
        }
    }

    /// <summary>The lines without a line feed at the end of the log, oldest first. Afterwards the assembler is empty.</summary>
    internal IEnumerable<LogLine> TakeRest() =>
        new[] { _output, _error }.Where(static part => part.Bytes.Length > 0)
            .OrderBy(static part => part.Time)
            .Select(static part => part.Take())
            .ToList();

    private sealed class Part(StreamKind stream)
    {
        internal ByteQueue Bytes { get; } = new();

        internal DateTimeOffset Time { get; set; }

        internal LogLine Take()
        {
            var line = new LogLine(Time, stream, Bytes.Span.ToArray());
            Bytes.Drop(Bytes.Length);
            return line;
        }
    }
}
