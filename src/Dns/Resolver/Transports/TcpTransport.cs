using System.Net.Sockets;

namespace Net.Dns.Resolver.Transports;

/// <summary>Takes one client's TCP connections, a bounded number at a time.</summary>
/// <param name="socket">A bound TCP socket; it is told to listen. Stays the caller's to close, which ends the loop.</param>
/// <param name="options">The bounds.</param>
/// <param name="counters">The client's numbers.</param>
/// <param name="time">Measures idleness.</param>
internal sealed class TcpTransport(Socket socket, DnsServerOptions options, DnsCounters counters, TimeProvider time)
{
    private const int Backlog = 128;

    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    private int _connections;

    /// <summary>Begins to listen: from here on the kernel takes connections.</summary>
    internal void Listen() => socket.Listen(Backlog);

    /// <summary>Serves connections until the token is cancelled.</summary>
    internal async Task RunAsync(TcpConnection.Handler handler, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Socket accepted = await socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
                Serve(accepted, handler, cancellationToken);
            }
            catch (SocketException) when (!cancellationToken.IsCancellationRequested)
            {
                // Mostly: no descriptors left. Connections that end give some back.
                counters.Add(DnsCounters.Counter.SocketErrors);
                await Task.Delay(PauseAfterError, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private void Serve(Socket accepted, TcpConnection.Handler handler, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _connections) > options.MaxTcpConnections)
        {
            Interlocked.Decrement(ref _connections);
            counters.Add(DnsCounters.Counter.TcpRefused);
            accepted.Dispose();
            return;
        }

        counters.Add(DnsCounters.Counter.TcpConnections);
        _ = ServeAsync(accepted, handler, cancellationToken);
    }

    private async Task ServeAsync(Socket accepted, TcpConnection.Handler handler, CancellationToken cancellationToken)
    {
        using var connection = new TcpConnection(accepted, options.TcpIdleTimeout, time);
        try
        {
            await connection.RunAsync(handler, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client broke the connection: what it asked for has nobody to go to.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
