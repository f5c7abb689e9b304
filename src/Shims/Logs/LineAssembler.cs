using Net.Cnm.Processes;
using Net.Shims.Wire;

namespace Net.Shims.Logs;

/// <summary>Joins the pieces of a log to lines, separately for each stream.</summary>
internal sealed class LineAssembler
{
    /// <summary>The length in bytes at which a long line is split.</summary>
    internal const int LongestPart = 1 << 20;

    private readonly Part _output = new(StreamKind.StandardOutput);
    private readonly Part _error = new(StreamKind.StandardError);

    /// <summary>Adds a piece.</summary>
    /// <returns>The line that the piece completes, with the time of its first piece; null when the line is not complete.</returns>
    internal LogLine? Add(LogRecord record)
    {
        Part part = record.Stream == StreamKind.StandardError ? _error : _output;
        bool ends = record.Bytes.Span is [.., (byte)'\n'];
        if (ends && part.Bytes.Length == 0)
        {
            return new LogLine(record.Time, record.Stream, record.Bytes);
        }

        if (part.Bytes.Length == 0)
        {
            part.Time = record.Time;
        }

        part.Bytes.Append(record.Bytes.Span);
        return ends || part.Bytes.Length >= LongestPart ? part.Take() : null;
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
