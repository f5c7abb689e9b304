using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Forwarding;

/// <summary>Which replies are believed (RFC 5452 9.1).</summary>
public sealed class ReplyTests
{
    private const string Name = "a.example.org";

    private static readonly DnsServerOptions Slow = new() { UpstreamTimeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public async Task An_answer_from_another_port_is_not_heard()
    {
        using var forger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        ScriptedUpstream? upstream = null;
        using (upstream = ScriptedUpstream.Answering(query =>
        {
            forger.SendTo(
                Queries.Answer(query, DnsFlags.Authoritative), new IPEndPoint(IPAddress.Loopback, upstream!.Received.Last().Port));
            return [Queries.Answer(query)];
        }))
        {
            await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
            byte[] query = Queries.Of(Name);
            Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
            Assert.Equal(0, server.Statistics.UpstreamMismatches);
        }
    }

    [Fact]
    public async Task A_second_answer_is_dropped()
    {
        using var upstream =
            ScriptedUpstream.Answering(static query => [Queries.Answer(query), Queries.Answer(query, DnsFlags.Authoritative)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        using Socket client = server.Udp();
        for (ushort id = 1; id <= 3; id++)
        {
            byte[] query = Queries.Of(Name, id: id);
            await client.SendAsync(query);
            Assert.Equal(Queries.Answer(query), await ServerUnderTest.ReceiveAsync(client));
        }

        Assert.Equal((3, 0), (server.Statistics.Forwarded, server.Statistics.UpstreamMismatches));
    }

    [Fact]
    public async Task An_answer_that_comes_when_the_time_is_over_is_dropped_and_no_forgery()
    {
        var over = new TaskCompletionSource();
        using var upstream = new ScriptedUpstream(async query =>
        {
            await over.Task;
            return [Queries.Answer(query)];
        });
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(upstream.EndPoint), new DnsServerOptions { UpstreamTimeout = TimeSpan.FromSeconds(1) });
        using Socket client = server.Udp();
        await client.SendAsync(Queries.Of(Name, id: 1));
        Assert.Equal(DnsResponseCode.ServerFailure, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(client)).Header.ResponseCode);

        // The answers to the three tries come now; the client's next answer is its next question's.
        over.SetResult();
        byte[] next = Queries.Of("b.example.org", id: 2);
        await client.SendAsync(next);
        Assert.Equal(Queries.Answer(next), await ServerUnderTest.ReceiveAsync(client));
        Assert.Equal(0, server.Statistics.UpstreamMismatches);
    }

    [Fact]
    public async Task The_answers_to_many_questions_reach_those_who_asked_in_any_order()
    {
        const int count = 200; // as many as the buffer of one socket holds
        var all = new TaskCompletionSource();
        int asked = 0;
        using var upstream = new ScriptedUpstream(async query =>
        {
            if (Interlocked.Increment(ref asked) == count)
            {
                all.SetResult();
            }

            await all.Task;
            return [Queries.Answer(query)];
        });
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        using Socket client = server.Udp();
        byte[][] queries = [.. Enumerable.Range(0, count).Select(static i => Queries.Of($"n{i}.example.org", id: (ushort)i))];
        foreach (byte[][] some in queries.Chunk(50))
        {
            foreach (byte[] query in some)
            {
                await client.SendAsync(query);
            }

            await upstream.UntilAskedAsync(Array.IndexOf(queries, some[^1]) + 1);
        }

        for (int i = 0; i < count; i++)
        {
            byte[] answer = await ServerUnderTest.ReceiveAsync(client);
            Assert.Equal(Queries.Answer(queries[(answer[0] << 8) | answer[1]]), answer);
        }

        Assert.Equal((count, 0), (server.Statistics.Forwarded, server.Statistics.UpstreamMismatches));
    }

    [Fact]
    public async Task A_port_is_used_for_some_questions_only()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(upstream.EndPoint), Slow with { UpstreamSockets = 4, UpstreamSocketUses = 5 });
        for (int i = 0; i < 100; i++)
        {
            await server.AskAsync(Name);
        }

        int[] uses = [.. upstream.Received.CountBy(static sent => sent.Port).Select(static port => port.Value)];
        Assert.InRange(uses.Length, 20, 24);
        Assert.All(uses, static count => Assert.InRange(count, 1, 5));
    }
}
