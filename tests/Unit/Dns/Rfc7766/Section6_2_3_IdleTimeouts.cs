using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc7766;

public sealed class Section6_2_3_IdleTimeouts
{
    private static readonly DnsServerOptions Short = new() { TcpIdleTimeout = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task A_connection_that_asks_nothing_is_closed()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden, Short);
        using NetworkStream stream = server.Tcp();
        Assert.Null(await ServerUnderTest.ReceiveAsync(stream));
    }

    [Fact]
    public async Task A_connection_that_has_asked_is_closed_when_it_asks_no_more()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden, Short);
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("web")));
        Assert.NotNull(await ServerUnderTest.ReceiveAsync(stream));
        Assert.Null(await ServerUnderTest.ReceiveAsync(stream));
    }

    [Fact]
    public async Task A_message_that_comes_byte_by_byte_does_not_keep_a_connection()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden, Short);
        using NetworkStream stream = server.Tcp();
        await stream.WriteAsync((byte[])[0xff, 0xff]);
        Task<byte[]?> end = ServerUnderTest.ReceiveAsync(stream);
        int sent = 0;
        while (!end.IsCompleted)
        {
            await Task.Delay(5);
            try
            {
                await stream.WriteAsync((byte[])[1]);
                Assert.InRange(++sent, 1, 10_000);
            }
            catch (IOException)
            {
                break; // closed between two
            }
        }

        Assert.Null(await end.ContinueWith(static read => read.IsCompletedSuccessfully ? read.Result : null, TaskScheduler.Default));
        Assert.Equal(0, server.Statistics.Queries);
    }

    [Fact]
    public async Task An_answer_that_takes_longer_than_the_limit_still_comes_and_then_the_limit_holds_again()
    {
        var release = new TaskCompletionSource();
        using var upstream = new ScriptedUpstream(async query =>
        {
            await release.Task;
            return [Queries.Answer(query)];
        });
        var options = new DnsServerOptions { TcpIdleTimeout = TimeSpan.FromMilliseconds(50), UpstreamTimeout = TimeSpan.FromSeconds(20) };
        await using var server = new ServerUnderTest(ScriptedUpstream.Policy(upstream.EndPoint), options);
        using NetworkStream waiting = server.Tcp();
        await waiting.WriteAsync(ServerUnderTest.Framed(Queries.Of("example.org")));
        await server.UntilAsync(static statistics => statistics.Forwarded == 1);

        // That several limits have passed is seen by connections that are idle and closed.
        for (int i = 0; i < 3; i++)
        {
            using NetworkStream idle = server.Tcp();
            Assert.Null(await ServerUnderTest.ReceiveAsync(idle));
        }

        release.SetResult();
        Assert.NotNull(await ServerUnderTest.ReceiveAsync(waiting));
        Assert.Null(await ServerUnderTest.ReceiveAsync(waiting));
        Assert.Empty(server.Faults);
    }
}
