using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Net.Kernel.Forwarders;

/// <summary>One TCP connection from a client and one to the container, each fed from the other. A half that is closed is closed on the other side too.</summary>
internal sealed class ForwardedConnection(Socket client, Socket container)
{
    private const int BufferLength = 64 * 1024;

    /// <summary>Connects to the container and carries bytes both ways until both are closed, or one of them fails.</summary>
    public async Task RunAsync(IPEndPoint target, TimeSpan connectLimit, CancellationToken end)
    {
        try
        {
            Prepare(client);
            Prepare(container);
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(end))
            {
                limit.CancelAfter(connectLimit);
                await container.ConnectAsync(target, limit.Token).ConfigureAwait(false);
            }

            await Task.WhenAll(CarryAsync(client, container, end), CarryAsync(container, client, end)).ConfigureAwait(false);
            client.Dispose();
            container.Dispose();
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Reset();
        }
    }

    /// <summary>Ends both sides at once, so that neither takes what it got for all of it.</summary>
    public void Reset()
    {
        Reset(client);
        Reset(container);
    }

    /// <summary>Ends a connection by RST, whatever is on its way.</summary>
    public static void Reset(Socket connection)
    {
        try
        {
            connection.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }

        connection.Dispose();
    }

    private static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true); // else a peer that vanished is kept for ever
    }

    private async Task CarryAsync(Socket from, Socket to, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await from.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, end).ConfigureAwait(false); // no buffer while there is nothing
                if (!await CarryWhatIsThereAsync(from, to, end).ConfigureAwait(false))
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }
            }
        }
        catch
        {
            Reset(); // the other direction would wait on
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
