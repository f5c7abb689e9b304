using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Net.Kernel.Forwarders;

/// <summary>One TCP connection from a client and one to the container, each fed from the other. A half that is closed is closed on the
/// other side too.</summary>
internal sealed class ForwardedConnection(Socket client, Socket container, TimeProvider time)
{
    private const int BufferLength = 64 * 1024;
    private const int KeepAliveSeconds = 15;

    /// <summary>Connects to the container and copies bytes in both directions until both are closed, or one fails.</summary>
    /// <param name="target">The container's address and port.</param>
    /// <param name="connectLimit">The longest time that connecting may take.</param>
    /// <param name="end">Ends the connection.</param>
    public async Task RunAsync(IPEndPoint target, TimeSpan connectLimit, CancellationToken end)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(end);
        try
        {
            Prepare(client);
            Prepare(container);
            await ConnectAsync(target, connectLimit, failed.Token).ConfigureAwait(false);
            await Task.WhenAll(CarryAsync(client, container, failed), CarryAsync(container, client, failed)).ConfigureAwait(false);
            client.Dispose();
            container.Dispose();
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // Nothing waits at the sockets now: to close one that is waited at would send a FIN, and its peer would take what it got for
            // all of it.
            Reset(client);
            Reset(container);
        }
    }

    /// <summary>Ends a connection by RST; data in transit is lost.</summary>
    public static void Reset(Socket connection)
    {
        try
        {
            connection.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The connection is gone already.
        }

        connection.Dispose();
    }

    private static void Prepare(Socket socket)
    {
        socket.NoDelay = true;

        // Else a peer that vanished, such as a container whose network was disconnected, is kept for ever; by the kernel's own times, for
        // two hours.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds);
    }

    private async Task ConnectAsync(IPEndPoint target, TimeSpan connectLimit, CancellationToken end)
    {
        using var limit = new CancellationTokenSource(connectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, end);
        await container.ConnectAsync(target, either.Token).ConfigureAwait(false);
    }

    private static async Task CarryAsync(Socket from, Socket to, CancellationTokenSource failed)
    {
        try
        {
            do
            {
                // a read of zero bytes waits for data without a buffer
                await from.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, failed.Token).ConfigureAwait(false);
            }
            while (await CarryWhatIsThereAsync(from, to, failed.Token).ConfigureAwait(false));

            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            await failed.CancelAsync().ConfigureAwait(false); // otherwise the other direction would go on waiting
            throw;
        }
    }

    private static async Task<bool> CarryWhatIsThereAsync(Socket from, Socket to, CancellationToken end)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            do
            {
                int count = await from.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, end).ConfigureAwait(false);
                if (count == 0)
                {
                    return false;
                }

                for (int sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None, end).ConfigureAwait(false);
                }
            }
            while (from.Available > 0);

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
