using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace Net.Dns.Resolver.Transports;

/// <summary>One client's connection: messages with their length before them (RFC 1035 4.2.2), any number without waiting for answers, which
/// go back as they come (RFC 7766 6.2.1.1).</summary>
internal sealed class TcpConnection : IDisposable
{
    private const int PrefixSize = sizeof(ushort);

    private readonly Socket _socket;
    private readonly TimeSpan _idle;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly List<Task> _answers = [];

    /// <summary>Takes a connection over.</summary>
    /// <param name="socket">A connected socket, closed by <see cref="Dispose"/>.</param>
    /// <param name="idle">How long the client may take for a message, and for taking an answer off.</param>
    /// <param name="time">Measures it.</param>
    internal TcpConnection(Socket socket, TimeSpan idle, TimeProvider time)
    {
        _socket = socket;
        _idle = idle;
        _time = time;
        socket.NoDelay = true;
    }

    /// <summary>Handles a message. What the task does before it first yields holds the next message up; the rest does not.</summary>
    internal delegate Task Handler(TcpConnection connection, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Hands messages to the handler until the client has ended or is idle, then waits for the answers that are due.</summary>
    internal async Task RunAsync(Handler handler, CancellationToken cancellationToken)
    {
        byte[] prefix = new byte[PrefixSize];
        while (await FillAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            if (!await FillAsync(message, cancellationToken).ConfigureAwait(false))
            {
                break;
            }

            _answers.RemoveAll(static task => task.IsCompleted);
            Task answer = handler(this, message, cancellationToken);
            if (!answer.IsCompleted)
            {
                _answers.Add(answer);
            }
        }

        await Task.WhenAll(_answers).ConfigureAwait(false);
    }

    /// <summary>Sends a message with its length before it. A client that does not take it in time loses the connection.</summary>
    internal async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        byte[] framed = ArrayPool<byte>.Shared.Rent(PrefixSize + message.Length);
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed.AsMemory(PrefixSize));
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var timeout = new CancellationTokenSource(_idle, _time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            await _socket.SendAsync(framed.AsMemory(0, PrefixSize + message.Length), SocketFlags.None, stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Part of the message may be gone, and nothing that follows would make sense.
            _socket.Dispose();
        }
        finally
        {
            _sending.Release();
            ArrayPool<byte>.Shared.Return(framed);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    /// <summary>Reads until the room is full; false when the client has ended, or sent nothing whole in time while no answer is due.</summary>
    private async ValueTask<bool> FillAsync(Memory<byte> room, CancellationToken cancellationToken)
    {
        int filled = 0;
        while (true)
        {
            using var timeout = new CancellationTokenSource(_idle, _time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                while (filled < room.Length)
                {
                    int length = await _socket.ReceiveAsync(room[filled..], SocketFlags.None, stop.Token).ConfigureAwait(false);
                    if (length == 0)
                    {
                        return false;
                    }

                    filled += length;
                }

                return true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                if (_answers.TrueForAll(static task => task.IsCompleted))
                {
                    return false;
                }
            }
        }
    }
}
