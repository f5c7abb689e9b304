using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc7766;

public sealed class Section6_2_4_Teardown
{
    [Fact]
    public async Task A_client_that_has_ended_its_side_gets_all_that_is_due_and_then_the_end()
    {
        const int count = 1000;
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync(Enumerable.Range(0, count).SelectMany(
            static id => ServerUnderTest.Framed(Queries.Of("web", id: (ushort)id))).ToArray());
        stream.Socket.Shutdown(SocketShutdown.Send);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(i, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Header.Id);
        }

        Assert.Null(await ServerUnderTest.ReceiveAsync(stream));
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Part_of_a_message_before_the_end_is_no_message()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        byte[] query = ServerUnderTest.Framed(Queries.Of("web"));
        for (int length = 0; length < query.Length; length++)
        {
            using NetworkStream stream = server.Tcp();
            await stream.WriteAsync(query.AsMemory(0, length));
            stream.Socket.Shutdown(SocketShutdown.Send);
            Assert.Null(await ServerUnderTest.ReceiveAsync(stream));
        }

        Assert.Equal(0, server.Statistics.Queries);
    }
}
