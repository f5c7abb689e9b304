using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Linux;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Dns.Resolver;

/// <summary>A server with one client on loopback ports, and the means to ask it.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    internal const string Key = "c1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal ServerUnderTest(
        IUpstreamSource upstreams,
        DnsServerOptions? options = null,
        INameSource? names = null,
        Func<string, NetworkNamespace>? openNamespace = null,
        IPAddress? address = null)
    {
        (Socket udp, Socket tcp) = LoopbackSockets.Bind(address);
        EndPoint = (IPEndPoint)tcp.LocalEndPoint!;
        Server = new DnsServer(options, onFault: Faults.Enqueue, openNamespace: openNamespace);
        Server.AddClient(Key, udp, tcp, names ?? Names.Table, upstreams);
    }

    internal DnsServer Server { get; }

    internal IPEndPoint EndPoint { get; }

    /// <summary>Exceptions that a serving thread met: none, whatever comes.</summary>
    internal ConcurrentQueue<Exception> Faults { get; } = new();

    internal DnsStatistics Statistics => Server.GetStatistics(Key)!;

    /// <summary>Adds another client.</summary>
    /// <returns>Its socket, connected to the server.</returns>
    internal Socket AddClient(string key, UpstreamPolicy upstreams)
    {
        (Socket udp, Socket tcp) = LoopbackSockets.Bind();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(tcp.LocalEndPoint!);
        Server.AddClient(key, udp, tcp, Names.Table, upstreams);
        return client;
    }

    /// <summary>Waits until the numbers say so.</summary>
    internal async Task UntilAsync(Predicate<DnsStatistics> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!condition(Statistics))
        {
            await Task.Delay(5, deadline.Token);
        }
    }

    /// <summary>A client's socket, connected to the server.</summary>
    internal Socket Udp()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(EndPoint);
        return socket;
    }

    /// <summary>A client's connection to the server.</summary>
    internal NetworkStream Tcp()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(EndPoint);
        return new NetworkStream(socket, ownsSocket: true);
    }

    internal async Task<byte[]> AskAsync(byte[] query)
    {
        using Socket socket = Udp();
        await socket.SendAsync(query);
        return await ReceiveAsync(socket);
    }

    internal async Task<DnsMessage> AskAsync(string name, DnsRecordType type = DnsRecordType.A) =>
        DnsMessage.Parse(await AskAsync(Queries.Of(name, type)));

    internal static async Task<byte[]> ReceiveAsync(Socket socket)
    {
        using var deadline = new CancellationTokenSource(Patience);
        byte[] buffer = new byte[65535];
        int length = await socket.ReceiveAsync(buffer, deadline.Token);
        return buffer.AsSpan(0, length).ToArray();
    }

    /// <summary>The next message of a connection; null when the server has closed it.</summary>
    internal static async Task<byte[]?> ReceiveAsync(NetworkStream stream)
    {
        using var deadline = new CancellationTokenSource(Patience);
        byte[] prefix = new byte[2];
        if (await stream.ReadAtLeastAsync(prefix, 2, throwOnEndOfStream: false, deadline.Token) < 2)
        {
            return null;
        }

        byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(message, deadline.Token);
        return message;
    }

    internal static byte[] Framed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    public ValueTask DisposeAsync()
    {
        Server.Dispose();
        return ValueTask.CompletedTask;
    }
}
