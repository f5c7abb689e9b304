using System.Buffers;
using System.Text;

using FsCheck;
using FsCheck.Fluent;

using Net.Cnm.Processes;
using Net.Shims.Logs;

namespace Net.Tests.Unit.Shims;

public sealed class LogRecordTests
{
    [Fact]
    public void Text_stands_in_the_log_as_Docker_writes_it()
    {
        Assert.Equal(
            ("{\"log\":\"grüß \\\"Gott\\\"\\t\\u001b[0m\\n\"," +
                "\"stream\":\"stderr\",\"time\":\"2026-01-02T03:04:05.0000000Z\"}\n").ToLowerInvariant(),
            Encoding.UTF8.GetString(Write(StreamKind.StandardError, Encoding.UTF8.GetBytes("grüß \"Gott\"\t\u001b[0m\n")))
                .ToLowerInvariant());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_kept_in_base64() =>
        Assert.StartsWith(
            "{\"base64\":\"/wA=\"", Encoding.UTF8.GetString(Write(StreamKind.StandardOutput, [255, 0])), StringComparison.Ordinal);

    [Fact]
    public void Any_bytes_come_back_as_they_were_written() => Prop.ForAll<byte[], bool>((bytes, error) =>
    {
        StreamKind stream = error ? StreamKind.StandardError : StreamKind.StandardOutput;
        LogRecord record = LogRecord.Parse(Write(stream, bytes))!.Value;
        return record.Stream == stream && record.Bytes.Span.SequenceEqual(bytes) && record.Time == Time;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_record_cut_anywhere_is_passed_over()
    {
        byte[] whole = Write(StreamKind.StandardOutput, "text"u8);
        for (int length = 0; length < whole.Length - 2; length++)
        {
            Assert.Null(LogRecord.Parse(whole.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Pieces_are_joined_to_lines_each_stream_by_itself()
    {
        var lines = new LineAssembler();
        Assert.Null(lines.Add(Piece(1, StreamKind.StandardOutput, "on")));
        Assert.Equal("err\n", Text(lines.Add(Piece(2, StreamKind.StandardError, "err\n"))));
        LogLine one = lines.Add(Piece(3, StreamKind.StandardOutput, "e\n"))!;
        Assert.Equal(("one\n", Time.AddSeconds(1)), (Text(one), one.Time));
        Assert.Null(lines.Add(Piece(4, StreamKind.StandardOutput, "b")));
        Assert.Null(lines.Add(Piece(3, StreamKind.StandardError, "a")));
        Assert.Equal(["a", "b"], lines.TakeRest().Select(Text));
        Assert.Empty(lines.TakeRest());
    }

    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static LogRecord Piece(int second, StreamKind stream, string text) =>
        new(Time.AddSeconds(second), stream, Encoding.UTF8.GetBytes(text));

    private static string Text(LogLine? line) => Encoding.UTF8.GetString(line!.Bytes.Span);

    private static byte[] Write(StreamKind stream, ReadOnlySpan<byte> bytes)
    {
        var output = new ArrayBufferWriter<byte>();
        using System.Text.Json.Utf8JsonWriter json = LogRecord.NewWriter(output);
        LogRecord.Write(json, output, stream, LogRecord.FormatTime(Time), bytes);
        return output.WrittenSpan.ToArray();
    }
}
