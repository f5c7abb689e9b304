using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc7766;

public sealed class Section8_MessageLength
{
    [Fact]
    public async Task The_length_and_the_message_come_in_one_piece()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream stream = server.Tcp();
        byte[] room = new byte[4096];
        for (ushort i = 0; i < 20; i++)
        {
            await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("many", id: i)));

            // Nothing else is due, so what the first read gives is what the first segment held.
            int length = await stream.ReadAsync(room).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal(length - 2, (room[0] << 8) | room[1]);
        }
    }
}
