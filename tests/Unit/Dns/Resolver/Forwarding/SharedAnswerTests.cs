using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Forwarding;

/// <summary>One answer for many: from the cache, or of a question that is on its way.</summary>
public sealed class SharedAnswerTests
{
    private const string Name = "a.example.org";

    private static readonly DnsServerOptions Slow = new() { UpstreamTimeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public async Task The_same_question_is_on_its_way_once_and_all_get_the_answer_with_their_own_id()
    {
        var release = new TaskCompletionSource();
        using var upstream = new ScriptedUpstream(async query =>
        {
            await release.Task;
            return [Queries.Answer(query)];
        });
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        using Socket client = server.Udp();
        for (ushort id = 1; id <= 20; id++)
        {
            await client.SendAsync(Queries.Of(Name, id: id));
        }

        await client.SendAsync(Queries.Of(Name.ToUpperInvariant(), id: 21)); // who asks in another case may look at it in the answer
        await server.UntilAsync(static statistics => statistics.Forwarded == 21);
        await upstream.UntilAskedAsync(2);
        release.SetResult();
        for (ushort id = 1; id <= 21; id++)
        {
            byte[] answer = await ServerUnderTest.ReceiveAsync(client);
            int got = (answer[0] << 8) | answer[1];
            Assert.Equal(Queries.Answer(Queries.Of(got == 21 ? Name.ToUpperInvariant() : Name, id: (ushort)got)), answer);
        }

        Assert.Equal(2, upstream.Received.Count);
        Assert.Equal(19, server.Statistics.Joined);
    }

    [Fact]
    public async Task All_who_wait_hear_that_there_is_no_answer()
    {
        using var upstream = ScriptedUpstream.Silent();
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(upstream.EndPoint), new DnsServerOptions { UpstreamTimeout = TimeSpan.FromMilliseconds(500) });
        using Socket client = server.Udp();
        await client.SendAsync(Queries.Of(Name, id: 1));
        await client.SendAsync(Queries.Of(Name, id: 2));
        Assert.Equal(DnsResponseCode.ServerFailure, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(client)).Header.ResponseCode);
        Assert.Equal(DnsResponseCode.ServerFailure, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(client)).Header.ResponseCode);
        Assert.Equal(2, server.Statistics.UpstreamFailures);
    }

    [Fact]
    public async Task The_cache_answers_until_it_is_flushed()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Answers.Address(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        byte[] query = Queries.Of(Name);
        Assert.Equal(Answers.Address(query), await server.AskAsync(query));
        Assert.Equal("192.0.2.1", Address(await server.AskAsync(Name)));
        Assert.Single(upstream.Received);
        Assert.Equal((1, 1), (server.Statistics.Forwarded, server.Statistics.Cached));
        ForwarderStatistics forwarding = server.Server.GetForwarding();
        Assert.Equal((1, 1, 1), (forwarding.CacheEntries, forwarding.CacheHits, forwarding.CacheMisses));
        Assert.InRange(forwarding.CacheBytes, 50, 1000);
        UpstreamServerStatistics one = Assert.Single(forwarding.Servers);
        Assert.Equal((upstream.EndPoint, 1, 1, 0), (one.Server.Address, one.Asked, one.Answered, one.Failed));

        server.Server.Flush();
        await server.AskAsync(Name);
        Assert.Equal(2, upstream.Received.Count);
    }

    [Fact]
    public async Task Clients_with_the_same_servers_share_what_they_were_told_and_others_do_not()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Answers.Address(query)]);
        using var other = ScriptedUpstream.Answering(static query => [Answers.Address(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow);
        using Socket second = server.AddClient("c2", ScriptedUpstream.Policy(upstream.EndPoint));
        using Socket third = server.AddClient("c3", ScriptedUpstream.Policy(other.EndPoint));
        await server.AskAsync(Name);
        foreach (Socket client in (Socket[])[second, third])
        {
            await client.SendAsync(Queries.Of(Name));
            await ServerUnderTest.ReceiveAsync(client);
        }

        Assert.Single(upstream.Received);
        Assert.Single(other.Received);
        Assert.Equal((1, 0), (server.Server.GetStatistics("c2")!.Cached, server.Server.GetStatistics("c3")!.Cached));
    }

    [Fact]
    public async Task Without_a_cache_every_question_is_asked()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Answers.Address(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow with { CacheEntries = 0 });
        await server.AskAsync(Name);
        await server.AskAsync(Name);
        Assert.Equal(2, upstream.Received.Count);
        Assert.Equal(0, server.Statistics.Cached);
    }

    private static string Address(DnsMessage answer) => ((AddressData)Assert.Single(answer.Answers).Data).Address.ToString();
}
