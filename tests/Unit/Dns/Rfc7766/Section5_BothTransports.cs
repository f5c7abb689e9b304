using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc7766;

public sealed class Section5_BothTransports
{
    [Fact]
    public async Task Any_question_may_come_over_tcp_first()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream stream = server.Tcp();
        foreach ((string name, DnsRecordType type) in ((string, DnsRecordType)[])
            [
                ("web", DnsRecordType.A),
                ("web", DnsRecordType.Aaaa),
                ("7.2.0.192.in-addr.arpa", DnsRecordType.Pointer),
                ("web", DnsRecordType.Text),
                ("no", DnsRecordType.A),
            ])
        {
            await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of(name, type)));
            var overTcp = DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream));
            DnsMessage overUdp = await server.AskAsync(name, type);
            Assert.Equal(overUdp.Header, overTcp.Header);
            Assert.Equal(overUdp.Answers.ToHashSet(), overTcp.Answers.ToHashSet());
        }
    }

    [Fact]
    public async Task Who_got_tc_gets_the_whole_answer_over_tcp()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        Assert.True((await server.AskAsync("many")).Header.IsTruncated);
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("many")));
        Assert.Equal(Names.ManyCount, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Answers.Count);
    }

    [Fact]
    public async Task The_same_question_by_tcp_does_not_wait_for_the_answer_by_udp()
    {
        using var upstream =
            ScriptedUpstream.Answering(static (query, protocol) => protocol == ProtocolType.Tcp ? [Queries.Answer(query)] : []);
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(upstream.EndPoint), new DnsServerOptions { UpstreamTimeout = TimeSpan.FromMinutes(2) });
        byte[] query = Queries.Of("example.org");
        using Socket udp = server.Udp();
        await udp.SendAsync(query);
        await upstream.UntilAskedAsync(1);
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync(ServerUnderTest.Framed(query));
        Assert.Equal(Queries.Answer(query), await ServerUnderTest.ReceiveAsync(stream));
        Assert.Equal(0, server.Statistics.Joined);
    }
}
