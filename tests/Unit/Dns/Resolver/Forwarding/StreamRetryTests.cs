using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Forwarding;

/// <summary>Asking over TCP: RFC 1035 4.2.2, RFC 7766.</summary>
public sealed class StreamRetryTests
{
    private const string Name = "a.example.org";

    private static readonly DnsServerOptions Slow = new() { UpstreamTimeout = TimeSpan.FromMinutes(2) };
    private static readonly byte[] Query = Queries.Of(Name, DnsRecordType.Text, edns: new Edns(4096));

    [Fact]
    public async Task A_cut_answer_is_asked_for_again_over_tcp()
    {
        using var upstream =
            ScriptedUpstream.Answering(static (query, protocol) => [protocol == ProtocolType.Tcp ? Answers.Long(query, 2000) : Cut(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        Assert.Equal(Answers.Long(Query, 2000), await server.AskAsync(Query));
        Assert.Equal([ProtocolType.Udp, ProtocolType.Tcp], upstream.Received.Select(static sent => sent.Protocol));
        Assert.Equal(2, upstream.Received.DistinctBy(static sent => (sent.Query[0] << 8) | sent.Query[1]).Count());
        Assert.Equal(1, server.Statistics.TcpRetries);
        UpstreamServerStatistics asked = Assert.Single(server.Server.GetForwarding().Servers);
        Assert.Equal((2, 2, 0), (asked.Asked, asked.Answered, asked.Failed));
    }

    [Fact]
    public async Task A_whole_answer_that_is_too_long_for_the_client_is_cut_and_there_when_it_comes_by_tcp()
    {
        using var upstream = ScriptedUpstream.Answering(static (query, protocol) =>
            [protocol == ProtocolType.Tcp ? Answers.Long(query, 30_000) : Cut(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        var cut = DnsMessage.Parse(await server.AskAsync(Query));
        Assert.True(cut.Header.IsTruncated);
        Assert.Equal((1, 0, 1), (cut.Questions.Count, cut.Answers.Count, cut.Additional.Count));

        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync(ServerUnderTest.Framed(Query));
        var whole = DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream));
        Assert.Equal(151, whole.Answers.Count);
        Assert.Equal(2, upstream.Received.Count); // from the cache
    }

    [Fact]
    public async Task An_answer_in_pieces_is_put_together()
    {
        using var upstream = new ScriptedUpstream(static query => Task.FromResult<byte[][]>([Cut(query)]))
        {
            StreamScript = static query => [.. ServerUnderTest.Framed(Answers.Long(query, 1500)).Chunk(100)],
        };
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        Assert.Equal(Answers.Long(Query, 1500), await server.AskAsync(Query));
    }

    [Fact]
    public async Task Only_the_answer_with_the_id_and_the_question_is_taken_from_a_connection()
    {
        using var upstream = new ScriptedUpstream(static query => Task.FromResult<byte[][]>([Cut(query)]))
        {
            StreamScript = static query =>
            [
                ServerUnderTest.Framed(Queries.WithId(Answers.Long(query, 600), (ushort)~((query[0] << 8) | query[1]))),
                [.. ServerUnderTest.Framed(query), .. ServerUnderTest.Framed(Answers.Long(query, 1500))],
            ],
        };
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        Assert.Equal(Answers.Long(Query, 1500), await server.AskAsync(Query));
        Assert.Equal(2, server.Statistics.UpstreamMismatches);
    }

    [Theory]
    [InlineData("")] // closed without a word
    [InlineData("00")]
    [InlineData("0003010203")] // less than a header
    [InlineData("0000")]
    [InlineData("ffff0102")] // more than there is
    public async Task A_broken_connection_is_followed_by_the_next_server_at_once(string bytes)
    {
        using var broken = new ScriptedUpstream(static query => Task.FromResult<byte[][]>([Cut(query)]))
        {
            StreamScript = _ => [Convert.FromHexString(bytes)],
        };
        using var good = ScriptedUpstream.Answering(static query => [Answers.Long(query, 1000)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(broken.EndPoint, good.EndPoint), Slow);
        Assert.Equal(Answers.Long(Query, 1000), await server.AskAsync(Query));
    }

    [Fact]
    public async Task When_no_connection_gives_the_whole_the_cut_answer_goes_on()
    {
        using var broken = new ScriptedUpstream(static query => Task.FromResult<byte[][]>([Cut(query)])) { StreamScript = static _ => [] };
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(broken.EndPoint), Slow);
        Assert.Equal(Cut(Query), await server.AskAsync(Query));
    }

    [Fact]
    public async Task With_too_many_connections_the_cut_answer_goes_on_and_who_came_by_tcp_waits()
    {
        var release = new TaskCompletionSource();
        using var upstream = new ScriptedUpstream(async (query, protocol) =>
        {
            if (protocol == ProtocolType.Tcp)
            {
                await release.Task;
                return [Queries.Answer(query)];
            }

            return [Cut(query)];
        });
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow with { UpstreamConnections = 1 });
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("one.example.org", id: 1)));
        await upstream.UntilAskedAsync(1);
        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("two.example.org", id: 2)));

        Assert.Equal(Cut(Query), await server.AskAsync(Query));
        Assert.Equal(0, server.Statistics.TcpRetries);

        release.SetResult();
        Assert.Equal(Queries.Answer(Queries.Of("one.example.org", id: 1)), await ServerUnderTest.ReceiveAsync(stream));
        Assert.Equal(Queries.Answer(Queries.Of("two.example.org", id: 2)), await ServerUnderTest.ReceiveAsync(stream));
    }

    [Fact]
    public async Task A_client_that_asks_for_what_takes_long_leaves_connections_to_others()
    {
        using var upstream = new ScriptedUpstream(async query =>
        {
            if (query.AsSpan().IndexOf("slow"u8) >= 0)
            {
                await Task.Delay(Timeout.Infinite);
            }

            return [Queries.Answer(query)];
        });
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow with { UpstreamConnections = 8 });
        using NetworkStream greedy = server.Tcp();
        for (ushort i = 0; i < 50; i++)
        {
            await greedy.WriteAsync(ServerUnderTest.Framed(Queries.Of($"slow{i}.example.org", id: i)));
        }

        await server.UntilAsync(static statistics => statistics.Forwarded == 50);
        using Socket peer = server.AddClient("c2", ScriptedUpstream.Policy(upstream.EndPoint));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(peer.RemoteEndPoint!);
        using var other = new NetworkStream(socket);
        await other.WriteAsync(ServerUnderTest.Framed(Queries.Of(Name)));
        Assert.Equal(Queries.Answer(Queries.Of(Name)), await ServerUnderTest.ReceiveAsync(other));
    }

    private static byte[] Cut(byte[] query) => Queries.Answer(query, DnsFlags.Truncated);
}
