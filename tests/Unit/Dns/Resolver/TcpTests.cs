using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver;

/// <summary>RFC 1035 4.2.2 and RFC 7766, DNS over TCP.</summary>
public sealed class TcpTests
{
    [Fact]
    public async Task A_whole_answer_comes_over_tcp()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("many")));
        var answer = DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream));
        Assert.Equal(Names.ManyCount, answer.Answers.Count);
        Assert.False(answer.Header.IsTruncated);
    }

    [Fact]
    public async Task Messages_may_come_in_pieces_and_several_at_once()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream stream = server.Tcp();
        byte[] both = [.. ServerUnderTest.Framed(Queries.Of("web", id: 1)), .. ServerUnderTest.Framed(Queries.Of("db", id: 2))];
        foreach (byte[] piece in both.Chunk(5))
        {
            await stream.WriteAsync(piece);
        }

        Assert.Equal(1, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Header.Id);
        Assert.Equal(2, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Header.Id);
    }

    [Fact]
    public async Task An_answer_that_is_ready_does_not_wait_for_a_forwarded_one()
    {
        var release = new TaskCompletionSource();
        using var upstream = new ScriptedUpstream(async query =>
        {
            await release.Task;
            return [Queries.Answer(query)];
        });
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("example.org", id: 1)));
        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("web", id: 2)));
        Assert.Equal(2, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Header.Id);

        // A client may end its side and still wants what it asked for.
        stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        release.SetResult();
        Assert.Equal(1, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Header.Id);
        Assert.Null(await ServerUnderTest.ReceiveAsync(stream));
    }

    [Fact]
    public async Task A_connection_on_which_no_whole_message_comes_is_closed()
    {
        await using var server = new ServerUnderTest(
            UpstreamPolicy.Forbidden, new DnsServerOptions { TcpIdleTimeout = TimeSpan.FromMilliseconds(100) });
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync((byte[])[0, 50, 1]);
        Assert.Null(await ServerUnderTest.ReceiveAsync(stream));
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_the_others_are_served()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden, new DnsServerOptions { MaxTcpConnections = 2 });
        using NetworkStream first = server.Tcp();
        using NetworkStream second = server.Tcp();
        await server.UntilAsync(static statistics => statistics.TcpConnections == 2);
        using NetworkStream third = server.Tcp();
        Assert.Null(await ServerUnderTest.ReceiveAsync(third));
        Assert.Equal(1, server.Statistics.TcpRefused);

        await second.WriteAsync(ServerUnderTest.Framed(Queries.Of("web")));
        Assert.NotNull(await ServerUnderTest.ReceiveAsync(second));
    }
}
