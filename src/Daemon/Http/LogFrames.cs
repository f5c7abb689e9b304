using System.Buffers;
using System.Globalization;
using System.Text;
using Net.Api.Streams;
using Net.Cnm.Processes;

namespace Net.Daemon.Http;

/// <summary>Sends the lines of a log, as frames or as they are: as many lines of one stream as are there already go in one frame.</summary>
internal static class LogFrames
{
    private const int LongestFrame = 64 * 1024;

    // RFC 3339, always with nine digits of the second, as Docker's clients expect it; the clock has seven.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z '";

    /// <summary>Sends the lines that are asked for. Those that are there are sent before the next is waited for.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="parameters">Which of them, and what stands before each.</param>
    /// <param name="framed">Whether they are sent as frames.</param>
    /// <param name="client">Where they are sent.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public static async Task WriteAsync(
        IAsyncEnumerable<LogLine> lines, LogParameters parameters, bool framed, Stream client, CancellationToken cancellationToken)
    {
        var joined = new ArrayBufferWriter<byte>();
        StreamKind stream = StreamKind.StandardOutput;
        await using IAsyncEnumerator<LogLine> source = lines.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            ValueTask<bool> next = source.MoveNextAsync();
            if (!next.IsCompleted)
            {
                await SendAsync();
                await client.FlushAsync(cancellationToken);
            }

            if (!await next)
            {
                break;
            }

            LogLine line = source.Current;
            if (!parameters.Sends(line))
            {
                continue;
            }

            if (line.Stream != stream || joined.WrittenCount + line.Bytes.Length > LongestFrame)
            {
                await SendAsync();
                stream = line.Stream;
            }

            if (parameters.Timestamps)
            {
                joined.Write(Encoding.ASCII.GetBytes(line.Time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture)));
            }

            if (parameters.Details)
            {
                joined.Write(" "u8); // what Docker writes between the labels of a line, which there are none of, and the line
            }

            joined.Write(line.Bytes.Span);
        }

        await SendAsync();
        await client.FlushAsync(cancellationToken);

        async Task SendAsync()
        {
            if (joined.WrittenCount > 0)
            {
                await (framed
                    ? FrameCodec.WriteAsync(client, new Frame((FrameKind)stream, joined.WrittenMemory), cancellationToken)
                    : client.WriteAsync(joined.WrittenMemory, cancellationToken));
                joined.ResetWrittenCount();
            }
        }
    }
}
