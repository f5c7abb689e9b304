using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Dns.Resolver;

/// <summary>An upstream server on loopback, UDP and TCP, that answers as a test tells it to.</summary>
internal sealed class ScriptedUpstream : IDisposable
{
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly Func<byte[], ProtocolType, Task<byte[][]>> _script;

    /// <summary>Starts the server.</summary>
    /// <param name="script">From a query to the messages that are sent back, in order; none for silence.</param>
    internal ScriptedUpstream(Func<byte[], Task<byte[][]>> script)
        : this((query, _) => script(query))
    {
    }

    /// <summary>Starts a server that answers UDP otherwise than TCP.</summary>
    /// <param name="script">The same, from a query and how it came.</param>
    internal ScriptedUpstream(Func<byte[], ProtocolType, Task<byte[][]>> script)
    {
        _script = script;
        (_udp, _tcp) = LoopbackSockets.Bind();
        _tcp.Listen();
        _ = ServeUdpAsync();
        _ = ServeTcpAsync();
    }

    internal IPEndPoint EndPoint => (IPEndPoint)_tcp.LocalEndPoint!;

    /// <summary>Every query with the port it came from and how.</summary>
    internal ConcurrentQueue<(byte[] Query, int Port, ProtocolType Protocol)> Received { get; } = new();

    /// <summary>What is sent over TCP instead of the script's messages: bytes as they are, a write each; then the connection is
    /// closed.</summary>
    internal Func<byte[], byte[][]>? StreamScript { get; init; }

    internal static ScriptedUpstream Answering(Func<byte[], byte[][]> script) => new(query => Task.FromResult(script(query)));

    internal static ScriptedUpstream Answering(Func<byte[], ProtocolType, byte[][]> script) =>
        new((query, protocol) => Task.FromResult(script(query, protocol)));

    /// <summary>Waits until it has been asked so often.</summary>
    internal async Task UntilAskedAsync(int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Received.Count < count)
        {
            await Task.Delay(5, deadline.Token);
        }
    }

    /// <summary>The way out by these servers, in this order.</summary>
    internal static UpstreamPolicy Policy(params IPEndPoint[] servers) =>
        UpstreamPolicy.To(servers.Select(static server => new UpstreamServer(server)));

    /// <summary>Takes queries and says nothing.</summary>
    internal static ScriptedUpstream Silent() => Answering(static _ => []);

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        byte[] buffer = new byte[65535];
        while (true)
        {
            try
            {
                SocketReceiveFromResult received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                _ = AnswerAsync(buffer.AsSpan(0, received.ReceivedBytes).ToArray(), (IPEndPoint)received.RemoteEndPoint);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(byte[] query, IPEndPoint client)
    {
        Received.Enqueue((query, client.Port, ProtocolType.Udp));
        try
        {
            foreach (byte[] reply in await _script(query, ProtocolType.Udp))
            {
                await _udp.SendToAsync(reply, client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeTcpAsync()
    {
        while (true)
        {
            try
            {
                _ = AnswerAsync(await _tcp.AcceptAsync());
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        using var stream = new NetworkStream(client, ownsSocket: true);
        try
        {
            byte[] prefix = new byte[2];
            await stream.ReadExactlyAsync(prefix);
            byte[] query = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            await stream.ReadExactlyAsync(query);
            Received.Enqueue((query, ((IPEndPoint)client.RemoteEndPoint!).Port, ProtocolType.Tcp));
            if (StreamScript is not null)
            {
                foreach (byte[] piece in StreamScript(query))
                {
                    await stream.WriteAsync(piece);
                }

                return;
            }

            foreach (byte[] reply in await _script(query, ProtocolType.Tcp))
            {
                await stream.WriteAsync((byte[])[(byte)(reply.Length >> 8), (byte)reply.Length, .. reply]);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The other side went away.
        }
    }
}
