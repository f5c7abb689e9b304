using System.Text;

using FsCheck;
using FsCheck.Fluent;

using Net.Cnm.Processes;
using Net.Shims.Logs;

namespace Net.Tests.Unit.Shims;

public sealed class LogRecordTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_record_is_the_stream_the_length_the_time_and_the_bytes() => Assert.Equal(
        "020300008000B796AB49DE08" + "61620A",
        Convert.ToHexString(Write(StreamKind.StandardError, "ab\n"u8)));

    [Fact]
    public void Any_bytes_come_back_as_they_were_written() => Prop.ForAll<byte[], bool>((bytes, error) =>
    {
        StreamKind stream = error ? StreamKind.StandardError : StreamKind.StandardOutput;
        byte[] record = Write(stream, bytes);
        if (bytes.Length == 0)
        {
            return !LogRecord.TryReadHeader(record, out _);
        }

        LogRecord read = LogRecord.Read(record);
        return LogRecord.TryReadHeader(record, out int length) && length == bytes.Length
            && read.Stream == stream && read.Bytes.Span.SequenceEqual(bytes) && read.Time == Time;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Zeros_and_what_is_no_stream_or_no_time_are_no_header()
    {
        Assert.False(LogRecord.TryReadHeader(new byte[LogRecord.HeaderLength], out _));
        Assert.False(LogRecord.TryReadHeader([3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], out _));
        Assert.False(LogRecord.TryReadHeader([1, 1, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255], out _));
        Assert.True(LogRecord.TryReadHeader([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], out _));
    }

    [Fact]
    public void Pieces_become_lines_each_stream_by_itself()
    {
        var lines = new LineAssembler();
        Assert.Empty(lines.Add(Piece(1, StreamKind.StandardOutput, "on")));
        Assert.Equal(["err\n"], lines.Add(Piece(2, StreamKind.StandardError, "err\n")).Select(Text));
        Assert.Equal(
            [("one\n", 1), ("\n", 3), ("two\n", 3)],
            lines.Add(Piece(3, StreamKind.StandardOutput, "e\n\ntwo\nb")).Select(line => (Text(line), (line.Time - Time).Seconds)));
        Assert.Empty(lines.Add(Piece(2, StreamKind.StandardError, "a")));
        Assert.Equal(["a", "b"], lines.TakeRest().Select(Text));
        Assert.Empty(lines.TakeRest());
    }

    [Fact]
    public void A_line_that_does_not_end_is_split()
    {
        var lines = new LineAssembler();
        string half = new('x', LineAssembler.LongestPart / 2);
        Assert.Empty(lines.Add(Piece(1, StreamKind.StandardOutput, half)));
        Assert.Equal([half + half], lines.Add(Piece(2, StreamKind.StandardOutput, half)).Select(Text));
        Assert.Equal(["y\n"], lines.Add(Piece(3, StreamKind.StandardOutput, "y\n")).Select(Text));
    }

    private static LogRecord Piece(int second, StreamKind stream, string text) =>
        new(Time.AddSeconds(second), stream, Encoding.UTF8.GetBytes(text));

    private static string Text(LogLine line) => Encoding.UTF8.GetString(line.Bytes.Span);

    private static byte[] Write(StreamKind stream, ReadOnlySpan<byte> bytes)
    {
        byte[] record = new byte[LogRecord.HeaderLength + bytes.Length];
        LogRecord.WriteHeader(record, stream, bytes.Length, Time);
        bytes.CopyTo(record.AsSpan(LogRecord.HeaderLength));
        return record;
    }
}
