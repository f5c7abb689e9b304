using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using Net.Cnm.Processes;

namespace Net.Daemon.Http.RawStreams;

/// <summary>A connection that was taken from the web server: bytes in both directions. Each direction has one user at a time.</summary>
/// <param name="input">What the client sends.</param>
/// <param name="output">What the client gets.</param>
/// <param name="socket">The connection's socket.</param>
internal sealed class RawConnection(PipeReader input, PipeWriter output, Socket socket)
{
    private const int HeaderLength = 8;

    /// <summary>Waits for what the client sends next.</summary>
    /// <returns>The bytes; null once the client sends no more, whether it still reads or not.</returns>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        ReadResult read = await input.ReadAsync(cancellationToken);
        byte[]? bytes = read.Buffer.IsEmpty ? null : read.Buffer.ToArray();
        input.AdvanceTo(read.Buffer.End);
        return bytes;
    }

    /// <summary>Sends bytes as they are.</summary>
    /// <returns>False when the client reads no more.</returns>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        !(await output.WriteAsync(bytes, cancellationToken)).IsCompleted;

    /// <summary>Sends a frame of Docker's multiplexed stream: the stream (1 byte), three zero bytes, the length (4 bytes, big-endian), the
    /// bytes.</summary>
    /// <returns>False when the client reads no more.</returns>
    public async ValueTask<bool> WriteAsync(StreamFrame frame, CancellationToken cancellationToken)
    {
        Memory<byte> header = output.GetMemory(HeaderLength)[..HeaderLength];
        header.Span.Clear();
        header.Span[0] = (byte)frame.Kind;
        BinaryPrimitives.WriteInt32BigEndian(header.Span[4..], frame.Bytes.Length);
        output.Advance(HeaderLength);
        return await WriteAsync(frame.Bytes, cancellationToken);
    }

    /// <summary>Waits until the client has closed the connection, and not only its own direction.</summary>
    public Task WaitForCloseAsync(CancellationToken cancellationToken) => HangUp.WaitAsync(socket, cancellationToken);
}
