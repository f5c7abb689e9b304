using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Dns.Resolver;

public sealed class DnsServerTests
{
    [Fact]
    public async Task Garbage_is_counted_and_does_not_end_the_service()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using Socket socket = server.Udp();
        await socket.SendAsync(Array.Empty<byte>());
        await socket.SendAsync(new byte[] { 1 });
        await socket.SendAsync(Queries.Of("web", flags: DnsFlags.Response));
        await socket.SendAsync(new byte[60_000]);
        Assert.Equal(DnsResponseCode.FormatError, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(socket)).Header.ResponseCode);

        Assert.Equal(2, (await server.AskAsync("web")).Answers.Count);
        DnsStatistics statistics = server.Statistics;
        Assert.Equal((5, 3, 1, 1), (statistics.Queries, statistics.Dropped, statistics.Rejected, statistics.OwnNames));
    }

    [Fact]
    public async Task Two_questions_from_one_port_get_an_answer_each()
    {
        // musl asks for A and AAAA at once and waits for both.
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using Socket socket = server.Udp();
        await socket.SendAsync(Queries.Of("web", DnsRecordType.A, id: 1));
        await socket.SendAsync(Queries.Of("web", DnsRecordType.Aaaa, id: 2));
        Assert.Equal(2, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(socket)).Answers.Count);
        Assert.Single(DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(socket)).Answers);
    }

    [Fact]
    public async Task A_name_source_that_throws_costs_a_servfail_and_no_more()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden, names: new Broken());
        Assert.Equal(DnsResponseCode.ServerFailure, (await server.AskAsync("web")).Header.ResponseCode);
        Assert.Equal(DnsResponseCode.ServerFailure, (await server.AskAsync("web")).Header.ResponseCode);
        Assert.Equal(2, server.Statistics.NameSourceErrors);
    }

    [Fact]
    public async Task A_fault_that_cannot_be_told_does_not_end_the_service()
    {
        using var server = new DnsServer(onFault: static _ => throw new InvalidOperationException());
        (Socket udp, Socket tcp) = LoopbackSockets.Bind();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(udp.LocalEndPoint!);
        server.AddClient("c1", udp, tcp, new Broken(), UpstreamPolicy.Forbidden);
        for (int i = 0; i < 2; i++)
        {
            await client.SendAsync(Queries.Of("web"));
            Assert.Equal(DnsResponseCode.ServerFailure, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(client)).Header.ResponseCode);
        }
    }

    [Fact]
    public async Task A_query_under_way_keeps_its_policy_and_the_next_one_has_the_changed_policy()
    {
        using var asked = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var upstreams = new ChangingUpstreams { Policy = UpstreamPolicy.Forbidden };
        await using var server = new ServerUnderTest(upstreams, names: new Waiting(asked, goOn));
        Task<DnsMessage> answer = server.AskAsync("web");
        Assert.True(asked.Wait(TimeSpan.FromSeconds(20)));
        upstreams.Policy = ScriptedUpstream.Policy();
        goOn.Set();

        Assert.Equal(DnsResponseCode.NameError, (await answer).Header.ResponseCode);
        Assert.Equal(DnsResponseCode.ServerFailure, (await server.AskAsync("web")).Header.ResponseCode);
    }

    [Fact]
    public async Task An_upstream_source_that_throws_costs_a_servfail_and_no_more()
    {
        var upstreams = new BreakingUpstreams();
        await using var server = new ServerUnderTest(upstreams);
        upstreams.IsBroken = true;
        Assert.Equal(DnsResponseCode.ServerFailure, (await server.AskAsync("web")).Header.ResponseCode);
        upstreams.IsBroken = false;
        Assert.Equal(2, (await server.AskAsync("web")).Answers.Count);
        Assert.Equal(1, server.Statistics.NameSourceErrors);
    }

    [Fact]
    public async Task A_client_that_is_removed_gives_its_ports_back_at_once_and_the_others_are_served()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        (Socket udp, Socket tcp) = LoopbackSockets.Bind();
        var socketAddress = (IPEndPoint)udp.LocalEndPoint!;
        server.Server.AddClient("c2", udp, tcp, Names.Table, UpstreamPolicy.Forbidden);
        Assert.Equal(["c1", "c2"], server.Server.Clients.Order());

        Assert.True(server.Server.RemoveClient("c2"));
        Assert.False(server.Server.RemoveClient("c2"));
        Assert.Null(server.Server.GetStatistics("c2"));
        using var again = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        again.Bind(socketAddress);
        Assert.Single((await server.AskAsync("db")).Answers);
    }

    [Fact]
    public async Task A_key_is_taken_once_and_the_sockets_of_the_second_are_closed()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        (Socket udp, Socket tcp) = LoopbackSockets.Bind();
        Assert.Throws<ArgumentException>(() => server.Server.AddClient(ServerUnderTest.Key, udp, tcp, Names.Table, UpstreamPolicy.Forbidden));
        Assert.True(udp.SafeHandle.IsClosed && tcp.SafeHandle.IsClosed);
        Assert.Single((await server.AskAsync("db")).Answers);
    }

    [Fact]
    public async Task Disposal_gives_up_what_is_in_flight()
    {
        using var upstream = ScriptedUpstream.Silent();
        var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        using Socket socket = server.Udp();
        await socket.SendAsync(Queries.Of("example.org"));
        await server.UntilAsync(static statistics => statistics.Forwarded == 1);
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(2));
        Assert.Throws<ObjectDisposedException>(() =>
        {
            (Socket udp, Socket tcp) = LoopbackSockets.Bind();
            server.Server.AddClient("c2", udp, tcp, Names.Table, UpstreamPolicy.Forbidden);
        });
    }

    private sealed class Broken : INameSource
    {
        public NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses) => throw new InvalidOperationException();

        public bool TryLookupPointer(DnsName reverseName, List<DnsName> names) => throw new InvalidOperationException();
    }

    private sealed class BreakingUpstreams : IUpstreamSource
    {
        public volatile bool IsBroken;

        public UpstreamPolicy Policy => IsBroken ? throw new InvalidOperationException() : UpstreamPolicy.Forbidden;
    }

    private sealed class Waiting(ManualResetEventSlim asked, ManualResetEventSlim goOn) : INameSource
    {
        public NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses)
        {
            asked.Set();
            goOn.Wait();
            return NameLookup.NotLocal;
        }

        public bool TryLookupPointer(DnsName reverseName, List<DnsName> names) => false;
    }
}
