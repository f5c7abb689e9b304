using System.Net;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Forwarding;

/// <summary>Which server is asked when.</summary>
public sealed class UpstreamOrderTests
{
    private const string Name = "a.example.org";

    private static readonly DnsServerOptions Quick = new() { UpstreamTimeout = TimeSpan.FromSeconds(3) };

    // So slow that a test which waits for a server's share of the time gives up before.
    private static readonly DnsServerOptions Slow = new() { UpstreamTimeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public async Task A_lost_question_is_asked_again_with_another_id_from_another_port()
    {
        int count = 0;
        using var upstream = ScriptedUpstream.Answering(query => Interlocked.Increment(ref count) < 3 ? [] : [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Quick);
        byte[] query = Queries.Of(Name);
        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
        Assert.Equal(3, upstream.Received.DistinctBy(static sent => sent.Port).Count());
        Assert.Equal(3, upstream.Received.DistinctBy(static sent => (sent.Query[0] << 8) | sent.Query[1]).Count());
    }

    [Fact]
    public async Task Three_times_is_all()
    {
        using var upstream = ScriptedUpstream.Silent();
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), Quick);
        Assert.Equal(DnsResponseCode.ServerFailure, (await server.AskAsync(Name)).Header.ResponseCode);
        await upstream.UntilAskedAsync(3);
        Assert.Equal(3, upstream.Received.Count);
    }

    [Fact]
    public async Task A_late_answer_to_an_earlier_try_is_taken()
    {
        var again = new TaskCompletionSource();
        int count = 0;
        using var upstream = new ScriptedUpstream(async query =>
        {
            if (Interlocked.Increment(ref count) > 1)
            {
                again.TrySetResult();
                return [];
            }

            await again.Task;
            return [Queries.Answer(query)];
        });
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(upstream.EndPoint), new DnsServerOptions { UpstreamTimeout = TimeSpan.FromSeconds(12) });
        byte[] query = Queries.Of(Name);
        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
    }

    [Fact]
    public async Task A_server_that_was_silent_is_asked_last_until_it_answers_or_is_forgiven()
    {
        bool speaks = false;
        using var moody = ScriptedUpstream.Answering(query => speaks ? [Queries.Answer(query)] : []);
        using var good = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(moody.EndPoint, good.EndPoint), Quick with { FailureMemory = TimeSpan.FromMinutes(5) });
        await server.AskAsync(Name);
        await moody.UntilAskedAsync(1);
        Assert.Equal((1, 1), (moody.Received.Count, good.Received.Count));
        Assert.True(server.Server.GetForwarding().Servers.Single(one => one.Server.Address.Equals(moody.EndPoint)).IsFailing);

        await server.AskAsync(Name);
        await server.AskAsync(Name);
        Assert.Equal((1, 3), (moody.Received.Count, good.Received.Count));

        server.Server.Flush();
        speaks = true;
        await server.AskAsync(Name);
        Assert.Equal((2, 3), (moody.Received.Count, good.Received.Count));
        Assert.All(server.Server.GetForwarding().Servers, static one => Assert.False(one.IsFailing));
    }

    [Fact]
    public async Task When_the_time_is_over_a_server_that_failed_is_asked_in_its_place_again()
    {
        var gone = ScriptedUpstream.Silent();
        IPEndPoint nobody = gone.EndPoint;
        gone.Dispose();
        using var good = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(nobody, good.EndPoint), Slow with { FailureMemory = TimeSpan.Zero });
        for (int i = 1; i <= 3; i++)
        {
            await server.AskAsync(Name);
            Assert.Equal(i, server.Server.GetForwarding().Servers.Single(one => one.Server.Address.Equals(nobody)).Failed);
        }
    }

    [Fact]
    public async Task A_formerr_without_the_question_is_followed_by_the_next_server_at_once()
    {
        using var old = ScriptedUpstream.Answering(static query => [[query[0], query[1], 0x80, 0x01, 0, 0, 0, 0, 0, 0, 0, 0]]);
        using var good = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(old.EndPoint, good.EndPoint), Slow);
        byte[] query = Queries.Of(Name);
        Assert.Equal(Queries.Answer(query), await server.AskAsync(query));
    }

    [Fact]
    public async Task When_all_servers_have_said_that_they_cannot_the_client_hears_the_first_at_once()
    {
        using var first = ScriptedUpstream.Answering(static query => [Queries.Answer(query, (DnsFlags)DnsResponseCode.Refused)]);
        using var second = ScriptedUpstream.Answering(static query => [Queries.Answer(query, (DnsFlags)DnsResponseCode.ServerFailure)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(first.EndPoint, second.EndPoint), Slow);
        byte[] query = Queries.Of(Name);
        Assert.Equal(Queries.Answer(query, (DnsFlags)DnsResponseCode.Refused), await server.AskAsync(query));
        Assert.Equal((1, 1), (first.Received.Count, second.Received.Count));
    }

    [Fact]
    public async Task When_no_server_can_be_reached_the_client_hears_it_at_once()
    {
        var gone = ScriptedUpstream.Silent();
        IPEndPoint nobody = gone.EndPoint;
        gone.Dispose();
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(nobody, new IPEndPoint(IPAddress.Parse("255.255.255.255"), 53)), Slow);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(DnsResponseCode.ServerFailure, (await server.AskAsync(Name)).Header.ResponseCode);
        }

        Assert.Equal(5, server.Statistics.UpstreamFailures);
    }

    [Fact]
    public async Task A_server_without_a_namespace_to_dial_it_from_cannot_be_reached()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(UpstreamPolicy.To(new UpstreamServer(upstream.EndPoint, "c1")), Slow);
        Assert.Equal(DnsResponseCode.ServerFailure, (await server.AskAsync(Name)).Header.ResponseCode);
        using System.Net.Sockets.NetworkStream stream = server.Tcp();
        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of(Name)));
        Assert.Equal(DnsResponseCode.ServerFailure, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Header.ResponseCode);
        Assert.Empty(upstream.Received);
    }
}
