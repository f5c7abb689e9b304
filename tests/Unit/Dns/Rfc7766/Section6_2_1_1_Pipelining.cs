using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc7766;

public sealed class Section6_2_1_1_Pipelining
{
    [Fact]
    public async Task Ten_thousand_queries_in_one_go_get_an_answer_each()
    {
        const int count = 10_000;
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream stream = server.Tcp();
        Task writing = stream.WriteAsync(Enumerable.Range(0, count).SelectMany(
            static id => ServerUnderTest.Framed(Queries.Of("web", id: (ushort)id))).ToArray()).AsTask();
        var ids = new HashSet<int>();
        while (ids.Count < count)
        {
            var answer = DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream));
            Assert.Equal(2, answer.Answers.Count);
            Assert.True(ids.Add(answer.Header.Id), $"{answer.Header.Id} was answered twice");
        }

        await writing;
        Assert.Equal((count, count, 1), (server.Statistics.Queries, server.Statistics.OwnNames, server.Statistics.TcpConnections));
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task A_second_query_is_not_held_back_by_one_that_waits_for_others()
    {
        using var upstream = ScriptedUpstream.Silent();
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint));
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync((byte[])[
            .. ServerUnderTest.Framed(Queries.Of("example.org", id: 1)), .. ServerUnderTest.Framed(Queries.Of("web", id: 2)),
            .. ServerUnderTest.Framed(Queries.Of("db", id: 3))]);
        Assert.Equal(2, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Header.Id);
        Assert.Equal(3, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Header.Id);
    }
}
