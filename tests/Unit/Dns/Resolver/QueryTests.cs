using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver;

/// <summary>What a person is told who asks in a client's place.</summary>
public sealed class QueryTests
{
    [Fact]
    public async Task The_answer_is_the_one_that_the_client_gets_and_counts_as_its_own()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);

        DnsReply reply = await QueryAsync(server, "db");

        Assert.Equal(ResponderOutcome.OwnName, reply.Outcome);
        Assert.Equal((await server.AskAsync("db")).Answers, reply.Message!.Answers);
        Assert.Equal((2, 2), (server.Statistics.Queries, server.Statistics.OwnNames));
        Assert.Equal(ResponderOutcome.Forbidden, (await QueryAsync(server, "www.example.org")).Outcome);
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_is_asked_for_over_tcp()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        var seen = new List<DnsTransport>();
        using IDisposable following = server.Server.Follow(entry => seen.Add(entry.Transport));

        DnsReply reply = await QueryAsync(server, "many");

        Assert.Equal(Names.ManyCount, reply.Message!.Answers.Count);
        Assert.Equal([DnsTransport.Udp, DnsTransport.Tcp], seen);
    }

    [Fact]
    public async Task A_question_that_is_sent_on_says_who_answered()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));

        DnsReply reply = await QueryAsync(server, "www.example.org");

        Assert.Equal((ResponderOutcome.Forward, upstream.EndPoint), (reply.Outcome, reply.Server?.Address));
        Assert.Single(reply.Message!.Answers);
    }

    [Fact]
    public async Task An_answer_of_the_cache_says_who_gave_it_then()
    {
        using var unwilling = ScriptedUpstream.Answering(static query => [Queries.Answer(query, (DnsFlags)DnsResponseCode.Refused)]);
        using var upstream = ScriptedUpstream.Answering(static query => [Answers.Address(query)]);
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(unwilling.EndPoint, upstream.EndPoint));
        var seen = new List<(ResponderOutcome, IPEndPoint?)>();
        using IDisposable following = server.Server.Follow(entry => seen.Add((entry.Outcome, entry.Server?.Address)));

        await QueryAsync(server, "www.example.org");
        DnsReply reply = await QueryAsync(server, "www.example.org");

        Assert.Equal((ResponderOutcome.Cached, upstream.EndPoint), (reply.Outcome, reply.Server?.Address));
        Assert.Equal([(ResponderOutcome.Forward, upstream.EndPoint), (ResponderOutcome.Cached, upstream.EndPoint)], seen);
    }

    [Fact]
    public async Task When_nobody_answers_it_is_servfail_from_nobody()
    {
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy());

        DnsReply reply = await QueryAsync(server, "www.example.org");

        Assert.Equal((ResponderOutcome.Forward, DnsResponseCode.ServerFailure, null), (reply.Outcome, reply.Message!.Header.ResponseCode, reply.Server));
    }

    [Fact]
    public async Task A_fault_of_the_name_source_is_told_counted_and_logged()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden, names: new Broken());
        var seen = new List<ResponderOutcome>();
        using IDisposable following = server.Server.Follow(entry => seen.Add(entry.Outcome));

        DnsReply reply = await QueryAsync(server, "web");

        Assert.Equal((ResponderOutcome.Failed, DnsResponseCode.ServerFailure), (reply.Outcome, reply.Message!.Header.ResponseCode));
        Assert.Equal([ResponderOutcome.Failed], seen);
        Assert.Equal((1, 1), (server.Statistics.Queries, server.Statistics.NameSourceErrors));
    }

    [Fact]
    public async Task A_listener_of_one_client_hears_of_that_client_alone_and_of_its_end()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using Socket other = server.AddClient("c2", UpstreamPolicy.Forbidden);
        var seen = new List<string>();
        Assert.Null(server.Server.Follow("c3", entry => seen.Add(entry.Client), () => seen.Add("end of c3")));
        using IDisposable? following = server.Server.Follow("c2", entry => seen.Add(entry.Client), () => seen.Add("end of c2"));

        await server.AskAsync("db");
        await other.SendAsync(Queries.Of("db"));
        await ServerUnderTest.ReceiveAsync(other);
        server.Server.RemoveClient(ServerUnderTest.Key);
        server.Server.RemoveClient("c2");

        Assert.Equal(["c2", "end of c2"], seen);
    }

    [Fact]
    public async Task A_listener_that_throws_takes_no_answer_from_anybody_and_no_entry_from_another()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        var seen = new List<ResponderOutcome>();
        using IDisposable broken = server.Server.Follow(static _ => throw new InvalidOperationException());
        using IDisposable following = server.Server.Follow(entry => seen.Add(entry.Outcome));

        Assert.Equal(ResponderOutcome.OwnName, (await QueryAsync(server, "db")).Outcome);
        Assert.Single((await server.AskAsync("db")).Answers);

        Assert.Equal([ResponderOutcome.OwnName, ResponderOutcome.OwnName], seen);
        Assert.Equal(2, server.Faults.Count);
    }

    [Fact]
    public async Task Whoever_waits_hears_that_the_server_is_disposed_of()
    {
        using var upstream = ScriptedUpstream.Silent();
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(upstream.EndPoint), new DnsServerOptions { UpstreamTimeout = TimeSpan.FromMinutes(10) });
        Task<DnsReply> waits = QueryAsync(server, "www.example.org");
        await upstream.UntilAskedAsync(1);

        server.Server.Dispose();

        Assert.Equal(DnsResponseCode.ServerFailure, (await waits).Message!.Header.ResponseCode);
    }

    [Fact]
    public async Task Whoever_is_no_client_may_ask_with_names_of_its_own()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden, names: new NameTable([], []));

        DnsReply? reply = await server.Server.QueryAsync(Names.Table, UpstreamPolicy.Forbidden, Question("db"), CancellationToken.None);

        Assert.Single(reply!.Message!.Answers);
        Assert.Equal(0, server.Statistics.Queries);
    }

    [Fact]
    public async Task No_client_no_answer()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        Assert.Null(await server.Server.QueryAsync("other", Question("db"), CancellationToken.None));
        server.Server.Dispose();
        Assert.Null(await server.Server.QueryAsync(ServerUnderTest.Key, Question("db"), CancellationToken.None));
    }

    private static DnsQuestion Question(string name) => new(DnsName.Parse(name), DnsRecordType.A);

    private static async Task<DnsReply> QueryAsync(ServerUnderTest server, string name) =>
        (await server.Server.QueryAsync(ServerUnderTest.Key, Question(name), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)))!;

    private sealed class Broken : INameSource
    {
        public NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses) => throw new InvalidOperationException();

        public bool TryLookupPointer(DnsName reverseName, List<DnsName> names) => throw new InvalidOperationException();
    }
}
