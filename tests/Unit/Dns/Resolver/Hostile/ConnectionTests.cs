using System.Net.Sockets;
using Net.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Resolver.Hostile;

/// <summary>TCP clients that do what they should not.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Of_a_thousand_connections_a_hundred_are_kept_and_others_do_not_notice()
    {
        await using var server = new ServerUnderTest(
            UpstreamPolicy.Forbidden, new DnsServerOptions { TcpIdleTimeout = TimeSpan.FromMinutes(1) });
        using var other = new OtherClient(server);
        var streams = new List<NetworkStream>();
        for (int i = 0; i < 1000; i++)
        {
            streams.Add(server.Tcp());
            if (i % 50 == 0)
            {
                await other.AskAsync();
            }
        }

        await server.UntilAsync(static statistics => statistics.TcpConnections + statistics.TcpRefused == 1000);
        Assert.Equal((100, 900), (server.Statistics.TcpConnections, server.Statistics.TcpRefused));
        await other.AskOverTcpAsync();
        for (int i = 0; i < 1000; i++)
        {
            await streams[i]
                .WriteAsync(ServerUnderTest.Framed(Queries.Of("web")))
                .AsTask()
                .ContinueWith(static _ => { }, TaskScheduler.Default);
            Assert.Equal(i < 100, await Gets(streams[i]));
        }

        // Room is made by those that go.
        streams.ForEach(static stream => stream.Dispose());
        for (bool served = false; !served;)
        {
            using NetworkStream again = server.Tcp();
            await again.WriteAsync(ServerUnderTest.Framed(Queries.Of("web"))).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
            served = await Gets(again);
        }

        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task One_that_never_reads_is_read_no_more_and_then_closed()
    {
        await using var server = new ServerUnderTest(
            UpstreamPolicy.Forbidden, new DnsServerOptions { TcpIdleTimeout = TimeSpan.FromMilliseconds(300) });
        using var other = new OtherClient(server);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await AskWithoutReadingAsync(server, deadline.Token);

        // What it asked for was answered into the kernel's buffers (some megabytes at most) and a quarter of one here; the rest was never
        // read.
        Assert.InRange(
            server.Statistics.Queries * ResponderUnderTest.Bytes(Queries.Of("many"), DnsTransport.Tcp).Length, 1, 32 * 1024 * 1024);
        await other.AskAsync();
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Many_that_never_read_are_closed_before_the_time_is_over()
    {
        await using var server = new ServerUnderTest(
            UpstreamPolicy.Forbidden, new DnsServerOptions { TcpIdleTimeout = TimeSpan.FromMinutes(5) });
        using var other = new OtherClient(server);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Task[] all = [.. Enumerable.Range(0, 24).Select(_ => AskWithoutReadingAsync(server, deadline.Token))];

        // Each holds some of its answers; together that is too much of one client's.
        await await Task.WhenAny(all);
        await other.AskAsync();
        await deadline.CancelAsync();
        await Task.WhenAll(all.Select(static task => task.ContinueWith(static _ => { }, TaskScheduler.Default)));
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Connections_that_break_in_the_middle_are_forgotten()
    {
        await using var server = new ServerUnderTest(
            UpstreamPolicy.Forbidden, new DnsServerOptions { MaxTcpConnections = 1, TcpIdleTimeout = TimeSpan.FromMinutes(1) });
        byte[] query = ServerUnderTest.Framed(Queries.Of("many"));
        for (int sent = 0; sent <= query.Length * 3; sent++)
        {
            // The one place there is must have become free of the one before.
            byte[] bytes = [.. query, .. query, .. query];
            for (bool served = false; !served;)
            {
                using NetworkStream stream = server.Tcp();
                stream.Socket.LingerState = new LingerOption(true, 0); // closing resets
                try
                {
                    await stream.WriteAsync(query);
                    served = await ServerUnderTest.ReceiveAsync(stream) is not null;
                    await stream.WriteAsync(bytes.AsMemory(0, sent));
                }
                catch (IOException)
                {
                    // There was no place yet.
                }
            }
        }

        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task A_stream_of_messages_of_no_length_is_no_burden_to_others()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using var other = new OtherClient(server);
        using NetworkStream stream = server.Tcp();
        byte[] nothing = new byte[100_000];
        for (int i = 0; i < 20; i++)
        {
            await stream.WriteAsync(nothing);
            await other.AskAsync();
        }

        await stream.WriteAsync(ServerUnderTest.Framed(Queries.Of("web")));
        Assert.NotNull(await ServerUnderTest.ReceiveAsync(stream));
        Assert.Equal(20 * nothing.Length / 2, server.Statistics.Dropped);
    }

    // Until the server has closed.
    private static async Task AskWithoutReadingAsync(ServerUnderTest server, CancellationToken end)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        socket.Connect(server.EndPoint);
        byte[] query = ServerUnderTest.Framed(Queries.Of("many"));
        byte[] burst = [.. Enumerable.Repeat(query, 100).SelectMany(static bytes => bytes)];
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (true)
            {
                await socket.SendAsync(burst, end); // stops when nobody reads, and throws when the server has closed
            }
        });
    }

    private static async Task<bool> Gets(NetworkStream stream)
    {
        try
        {
            return await ServerUnderTest.ReceiveAsync(stream) is not null;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
