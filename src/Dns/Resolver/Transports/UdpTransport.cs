using System.Net;
using System.Net.Sockets;

namespace Net.Dns.Resolver.Transports;

/// <summary>Takes datagrams off one client's socket and sends answers back.</summary>
/// <param name="socket">A bound UDP socket; stays the caller's to close, which ends the loop.</param>
/// <param name="counters">The client's numbers.</param>
/// <param name="time">Measures the pause after an error.</param>
internal sealed class UdpTransport(Socket socket, DnsCounters counters, TimeProvider time)
{
    /// <summary>No query needs more, in bytes; a longer datagram is cut and so answered as malformed.</summary>
    private const int MaxQuerySize = 4096;

    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(10);

    /// <summary>Handles a datagram. Both arguments are used again for the next one once the task has ended.</summary>
    internal delegate ValueTask Handler(ReadOnlyMemory<byte> message, SocketAddress sender);

    /// <summary>Hands every datagram to the handler, one at a time, until the token is cancelled.</summary>
    internal async Task RunAsync(Handler handler, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxQuerySize];
        var sender = new SocketAddress(socket.AddressFamily);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                int length = await socket.ReceiveFromAsync(buffer, SocketFlags.None, sender, cancellationToken).ConfigureAwait(false);
                await handler(buffer.AsMemory(0, length), sender).ConfigureAwait(false);
            }
            catch (SocketException) when (!cancellationToken.IsCancellationRequested)
            {
                counters.Add(DnsCounters.Counter.SocketErrors);
                await PauseAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    /// <summary>Sends an answer. A failure is counted: the client asks again.</summary>
    internal async ValueTask SendAsync(ReadOnlyMemory<byte> message, SocketAddress receiver, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendToAsync(message, SocketFlags.None, receiver, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            counters.Add(DnsCounters.Counter.SocketErrors);
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(PauseAfterError, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop sees the token.
        }
    }
}
