using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver;

public sealed class ForwardingTests
{
    private const string Name = "ExAmPlE.org";

    /// <summary>Short, so that a test that waits for silence is.</summary>
    private static readonly DnsServerOptions Quick = new() { UpstreamTimeout = TimeSpan.FromSeconds(3) };

    // So slow that a test which waits for a server's share of the time gives up before.
    private static readonly DnsServerOptions Slow = new() { UpstreamTimeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public async Task The_answer_passes_unchanged_but_for_the_id()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        byte[] query = Queries.Of(Name, id: 0x4711, edns: new Edns(1400, Options: new byte[] { 0, 10, 0, 1, 9 }));

        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));

        (byte[] Query, int Port, ProtocolType Protocol) sent = Assert.Single(upstream.Received);
        Assert.Equal(query.AsSpan(2).ToArray(), sent.Query.AsSpan(2).ToArray());
        Assert.Equal((1, 0), (server.Statistics.Forwarded, server.Statistics.OwnNames));
    }

    [Fact]
    public async Task Every_question_has_an_id_and_a_port_of_its_own()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        for (int i = 0; i < 20; i++)
        {
            await server.AskAsync(Queries.Of(Name, id: 7));
        }

        Assert.True(upstream.Received.DistinctBy(static sent => (sent.Query[0], sent.Query[1])).Count() > 15);
        Assert.True(upstream.Received.DistinctBy(static sent => sent.Port).Count() > 15);
    }

    [Fact]
    public async Task Only_the_answer_with_the_id_and_the_question_is_taken()
    {
        using var upstream = ScriptedUpstream.Answering(static query =>
        [
            Queries.WithId(Queries.Answer(query), (ushort)~((query[0] << 8) | query[1])),
            Queries.Answer(Queries.WithId(Queries.Of("evil.example"), (ushort)((query[0] << 8) | query[1]))),
            query,
            [],
            Queries.Answer(query),
        ]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        byte[] query = Queries.Of(Name);

        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
        Assert.Equal(4, server.Statistics.UpstreamMismatches);
    }

    [Fact]
    public async Task A_server_that_is_silent_is_followed_by_the_next()
    {
        using var silent = ScriptedUpstream.Silent();
        using var good = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(silent.EndPoint, good.EndPoint), new DnsServerOptions { UpstreamTimeout = TimeSpan.FromSeconds(12) });
        byte[] query = Queries.Of(Name);
        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
        await silent.UntilAskedAsync(1); // it may read its datagram after the answer of the other
        Assert.Single(silent.Received);
    }

    [Fact]
    public async Task A_slow_server_is_still_heard_after_the_next_has_been_asked()
    {
        var asked = new TaskCompletionSource();
        using var slow = new ScriptedUpstream(async query =>
        {
            await asked.Task;
            return [Queries.Answer(query)];
        });
        using var silent = ScriptedUpstream.Answering(_ =>
        {
            asked.SetResult();
            return [];
        });
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(slow.EndPoint, silent.EndPoint), new DnsServerOptions { UpstreamTimeout = TimeSpan.FromSeconds(12) });
        byte[] query = Queries.Of(Name);
        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
    }

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure)]
    [InlineData(DnsResponseCode.Refused)]
    public async Task A_server_that_cannot_help_is_followed_by_the_next_at_once(DnsResponseCode code)
    {
        using var bad = ScriptedUpstream.Answering(query => [Queries.Answer(query, (DnsFlags)code)]);
        using var good = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(bad.EndPoint, good.EndPoint), Slow);
        byte[] query = Queries.Of(Name);
        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
    }

    // RFC 1035 4.1.1: a server that could not read the question answers without one, and glibc takes no such answer.
    [Fact]
    public async Task An_answer_without_the_question_gets_it_back()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [[query[0], query[1], 0x81, 0x81, 0, 0, 0, 0, 0, 0, 0, 0]]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        DnsMessage answer = await server.AskAsync("www.example.org");
        Assert.Equal(DnsResponseCode.FormatError, answer.Header.ResponseCode);
        Assert.Equal("www.example.org", Assert.Single(answer.Questions).Name.ToString());
    }

    [Fact]
    public async Task When_no_server_can_help_the_first_ones_words_are_passed_on()
    {
        using var bad = ScriptedUpstream.Answering(static query => [Queries.Answer(query, (DnsFlags)DnsResponseCode.Refused)]);
        using var silent = ScriptedUpstream.Silent();
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(bad.EndPoint, silent.EndPoint), Quick);
        byte[] query = Queries.Of(Name);
        Assert.Equal(Queries.Answer(query, (DnsFlags)DnsResponseCode.Refused), await server.AskAsync(query));
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_followed_by_the_next_at_once()
    {
        var gone = ScriptedUpstream.Silent();
        IPEndPoint nobody = gone.EndPoint;
        gone.Dispose();
        using var good = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(nobody, good.EndPoint), Slow);
        byte[] query = Queries.Of(Name);
        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
    }

    [Fact]
    public async Task When_nobody_answers_the_client_gets_servfail_after_three_servers_and_the_whole_time()
    {
        using var first = ScriptedUpstream.Silent();
        using var second = ScriptedUpstream.Silent();
        using var third = ScriptedUpstream.Silent();
        using var fourth = ScriptedUpstream.Silent();
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(first.EndPoint, second.EndPoint, third.EndPoint, fourth.EndPoint), Quick);

        var watch = Stopwatch.StartNew();
        DnsMessage answer = await server.AskAsync(Name);
        Assert.True(watch.Elapsed >= Quick.UpstreamTimeout - TimeSpan.FromMilliseconds(50));
        Assert.Equal(DnsResponseCode.ServerFailure, answer.Header.ResponseCode);
        Assert.Equal(Name, Assert.Single(answer.Questions).Name.ToString());

        // The answer is no sign that a silent server has read its datagram.
        await first.UntilAskedAsync(1);
        await second.UntilAskedAsync(1);
        await third.UntilAskedAsync(1);
        Assert.Equal((1, 1, 1, 0), (first.Received.Count, second.Received.Count, third.Received.Count, fourth.Received.Count));
        Assert.Equal(1, server.Statistics.UpstreamFailures);
    }

    [Fact]
    public async Task Without_any_server_the_client_gets_servfail()
    {
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy());
        Assert.Equal(DnsResponseCode.ServerFailure, (await server.AskAsync(Name)).Header.ResponseCode);
    }

    [Fact]
    public async Task A_question_that_came_by_tcp_goes_on_by_tcp()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        byte[] query = Queries.Of(Name);
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync(ServerUnderTest.Framed(query));
        Assert.Equal(Queries.Answer(query), await ServerUnderTest.ReceiveAsync(stream));
        Assert.Equal([ProtocolType.Tcp], upstream.Received.Select(static sent => sent.Protocol));
    }

    [Fact]
    public async Task More_questions_in_flight_than_allowed_get_servfail_at_once()
    {
        using var upstream = ScriptedUpstream.Silent();
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), new DnsServerOptions { MaxInFlight = 3 });
        using Socket socket = server.Udp();
        for (ushort id = 1; id <= 4; id++)
        {
            await socket.SendAsync(Queries.Of(Name, id: id));
        }

        var answer = DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(socket));
        Assert.Equal((4, DnsResponseCode.ServerFailure), (answer.Header.Id, answer.Header.ResponseCode));
        Assert.Equal((3, 1), (server.Statistics.Forwarded, server.Statistics.OverLimit));

        // Names of ours are answered all the same.
        Assert.Equal(2, (await server.AskAsync("web")).Answers.Count);
    }

    [Fact]
    public async Task A_question_that_has_its_answer_or_got_none_is_in_flight_no_more()
    {
        int asked = 0;
        using var upstream = ScriptedUpstream.Answering(query =>
            [Queries.Answer(query, ++asked % 2 == 0 ? (DnsFlags)DnsResponseCode.ServerFailure : DnsFlags.None)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Slow with { MaxInFlight = 1 });
        for (int i = 0; i < 6; i++)
        {
            await server.AskAsync($"n{i}.example.org");
        }

        Assert.Equal((6, 0), (server.Statistics.Forwarded, server.Statistics.OverLimit));
    }

    [Fact]
    public async Task A_change_of_policy_holds_for_the_next_query()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        var upstreams = new ChangingUpstreams { Policy = UpstreamPolicy.Forbidden };
        await using var server = new ServerUnderTest(upstreams);
        Assert.Equal(DnsResponseCode.NameError, (await server.AskAsync(Name)).Header.ResponseCode);

        upstreams.Policy = ScriptedUpstream.Policy(upstream.EndPoint);
        Assert.Equal(DnsResponseCode.NoError, (await server.AskAsync(Name)).Header.ResponseCode);
        Assert.Single(server.Server.GetForwarding().Servers);

        // The numbers follow the policy even when the client asks nothing.
        upstreams.Policy = UpstreamPolicy.Forbidden;
        Assert.Empty(server.Server.GetForwarding().Servers);
    }
}
