using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Dns.Resolver.Hostile;

/// <summary>A second client of a server, that asks one question after another and lets none go unanswered.</summary>
internal sealed class OtherClient : IDisposable
{
    internal const string Key = "c2";

    private readonly ServerUnderTest _server;
    private readonly IPEndPoint _endPoint;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private ushort _id;

    internal OtherClient(ServerUnderTest server, UpstreamPolicy? upstreams = null)
    {
        _server = server;
        (Socket udp, Socket tcp) = LoopbackSockets.Bind();
        _endPoint = (IPEndPoint)tcp.LocalEndPoint!;
        server.Server.AddClient(Key, udp, tcp, Names.Table, upstreams ?? UpstreamPolicy.Forbidden);
        _socket.Connect(_endPoint);
    }

    internal DnsStatistics Statistics => _server.Server.GetStatistics(Key)!;

    /// <summary>Asks over UDP, once: what is lost is not asked again.</summary>
    internal async Task<DnsMessage> AskAsync(string name = "web")
    {
        await _socket.SendAsync(Queries.Of(name, id: ++_id));
        var answer = DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(_socket));
        Assert.Equal(_id, answer.Header.Id);
        return answer;
    }

    /// <summary>Asks on a connection of its own.</summary>
    internal async Task<DnsMessage> AskOverTcpAsync(string name = "web")
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_endPoint);
        using var stream = new NetworkStream(socket);
        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of(name, id: ++_id)));
        return DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream));
    }

    public void Dispose() => _socket.Dispose();
}
