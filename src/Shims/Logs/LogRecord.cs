using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

using Net.Cnm.Processes;

namespace Net.Shims.Logs;

/// <summary>One piece of output in a log: <c>{"log":"text\n","stream":"stdout","time":"2026-01-02T03:04:05.1234567Z"}</c>, as Docker's
/// json-file.</summary>
/// <remarks>A piece ends at a line feed or where a write of the command ended. Bytes that are not UTF-8 are in a field <c>base64</c>
/// instead of <c>log</c>.</remarks>
internal readonly record struct LogRecord(DateTimeOffset Time, StreamKind Stream, ReadOnlyMemory<byte> Bytes)
{
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Makes a writer for <see cref="Write"/>.</summary>
    internal static Utf8JsonWriter NewWriter(IBufferWriter<byte> output) => new(output, Plain);

    /// <summary>Appends one record and its line feed.</summary>
    internal static void Write(Utf8JsonWriter json, IBufferWriter<byte> output, StreamKind stream, string time, ReadOnlySpan<byte> bytes)
    {
        json.Reset(output);
        json.WriteStartObject();
        if (Utf8.IsValid(bytes))
        {
            json.WriteString("log"u8, bytes);
        }
        else
        {
            json.WriteBase64String("base64"u8, bytes);
        }

        json.WriteString("stream"u8, stream == StreamKind.StandardError ? "stderr"u8 : "stdout"u8);
        json.WriteString("time"u8, time);
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    /// <summary>Parses one line of a log; null when it is incomplete because the disk was full.</summary>
    internal static LogRecord? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            DateTimeOffset time = default;
            StreamKind stream = StreamKind.StandardOutput;
            byte[]? bytes = null;
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (json.ValueTextEquals("log"u8))
                {
                    json.Read();
                    byte[] text = new byte[json.ValueSpan.Length];
                    bytes = text[..json.CopyString(text)];
                }
                else if (json.ValueTextEquals("base64"u8))
                {
                    json.Read();
                    bytes = json.GetBytesFromBase64();
                }
                else if (json.ValueTextEquals("stream"u8))
                {
                    json.Read();
                    stream = json.ValueTextEquals("stderr"u8) ? StreamKind.StandardError : StreamKind.StandardOutput;
                }
                else if (json.ValueTextEquals("time"u8))
                {
                    json.Read();
                    time = json.GetDateTimeOffset();
                }
            }

            return bytes is null ? null : new LogRecord(time, stream, bytes);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Formats a time as in logs: UTC, to 100 nanoseconds.</summary>
    internal static string FormatTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
}
