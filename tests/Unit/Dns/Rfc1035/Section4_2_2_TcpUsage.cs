using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc1035;

public sealed class Section4_2_2_TcpUsage
{
    [Fact]
    public async Task The_two_byte_length_is_that_of_the_message_without_itself()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("many")));
        byte[] answer = (await ServerUnderTest.ReceiveAsync(stream))!;
        Assert.Equal(Names.ManyCount, DnsMessage.Parse(answer).Answers.Count); // it refuses what is shorter or longer
    }

    [Fact]
    public async Task The_server_does_not_close_the_connection_after_an_answer()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream stream = server.Tcp();
        for (ushort id = 0; id < 5; id++)
        {
            await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("web", id: id)));
            Assert.Equal(id, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Header.Id);
        }

        Assert.Equal(1, server.Statistics.TcpConnections);
    }

    [Fact]
    public async Task The_server_works_for_others_while_it_waits_for_the_rest_of_a_message()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream slow = server.Tcp();
        byte[] query = ServerUnderTest.Framed(Queries.Of("web", id: 1));
        await slow.WriteAsync(query.AsMemory(0, 7));
        using NetworkStream quick = server.Tcp();
        await quick.WriteAsync(ServerUnderTest.Framed(Queries.Of("web", id: 2)));
        Assert.Equal(2, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(quick)).Header.Id);
        await slow.WriteAsync(query.AsMemory(7));
        Assert.Equal(1, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(slow)).Header.Id);
    }
}
