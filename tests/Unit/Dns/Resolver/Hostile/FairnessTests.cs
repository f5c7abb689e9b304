using System.Collections.Concurrent;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Hostile;

/// <summary>One client floods; another asks one question after another, each once, and gets every answer.</summary>
public sealed class FairnessTests
{
    private const int Questions = 300;

    [Theory]
    [InlineData("queries")]
    [InlineData("garbage")]
    [InlineData("responses")]
    [InlineData("long names")]
    public async Task A_flood_over_udp_takes_no_answer_from_another(string kind)
    {
        byte[] datagram = kind switch
        {
            "queries" => Queries.Of("many"),
            "garbage" => [.. Enumerable.Range(0, 600).Select(static i => (byte)(i * 7))],
            "responses" => Queries.Of("web", flags: DnsFlags.Response),
            _ => Queries.Of(string.Join('.', Enumerable.Repeat("a", 127))),
        };
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using var other = new OtherClient(server);
        using Socket socket = server.Udp();
        socket.Blocking = false;
        await using var flood = new Flood(() => socket.Send(datagram, SocketFlags.None, out _));
        await server.UntilAsync(static statistics => statistics.Queries > 1000);
        for (int i = 0; i < Questions; i++)
        {
            Assert.Equal(2, (await other.AskAsync()).Answers.Count);
        }

        Assert.Equal(Questions, other.Statistics.OwnNames);
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task A_hundred_connections_that_flood_take_no_answer_from_another()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using var other = new OtherClient(server);
        byte[] burst = [.. Enumerable.Repeat(ServerUnderTest.Framed(Queries.Of("web")), 500).SelectMany(static bytes => bytes)];
        Socket[] sockets = [.. Enumerable.Range(0, 100).Select(_ => server.Tcp().Socket)];
        Array.ForEach(sockets, static socket => socket.Blocking = false);
        byte[] room = new byte[65536];
        int next = 0;
        await using var flood = new Flood(() =>
        {
            Socket socket = sockets[next++ % sockets.Length];
            _ = socket.Send(burst, SocketFlags.None, out _);
            _ = socket.Receive(room, SocketFlags.None, out _);
        });
        await server.UntilAsync(static statistics => statistics.Queries > 1000);
        for (int i = 0; i < Questions; i++)
        {
            Assert.Equal(2, (await other.AskAsync()).Answers.Count);
            Assert.Equal(2, (await other.AskOverTcpAsync()).Answers.Count);
        }

        Assert.Equal(2 * Questions, other.Statistics.OwnNames);
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task An_answer_for_hundreds_who_asked_the_same_lets_others_have_their_turn()
    {
        const int sent = 600;
        var release = new TaskCompletionSource();
        using var upstream = new ScriptedUpstream(async query =>
        {
            await release.Task;
            return [Queries.Answer(query)];
        });
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(upstream.EndPoint), new DnsServerOptions { UpstreamTimeout = TimeSpan.FromMinutes(2) });
        using Socket quiet = server.AddClient("c2", UpstreamPolicy.Forbidden);
        using Socket socket = server.Udp();
        for (ushort i = 0; i < sent; i++)
        {
            await socket.SendAsync(Queries.Of("a.example.org", id: i));
            if (i % 50 == 49)
            {
                await server.UntilAsync(statistics => statistics.Forwarded == i + 1);
            }
        }

        // The other asks when the first of them has the answer.
        byte[] query = Queries.Of("web");
        var order = new BlockingCollection<string>();
        bool hasAsked = false;
        using IDisposable following = server.Server.Follow(entry =>
        {
            if (!hasAsked)
            {
                hasAsked = true;
                quiet.Send(query);
            }

            order.Add(entry.Client);
        });
        release.SetResult();
        string[] all = [.. Enumerable.Range(0, sent + 1).Select(_ => order.TryTake(out string? key, TimeSpan.FromSeconds(20)) ? key : "")];

        Assert.Equal(sent, all.Count(static key => key == ServerUnderTest.Key));
        Assert.InRange(Array.IndexOf(all, "c2"), 1, sent / 2);
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Questions_in_flight_up_to_the_limit_take_no_upstream_answer_from_another()
    {
        const int limit = 50;
        const int sent = 200;
        using var silent = ScriptedUpstream.Silent();
        using var good = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using var server = new ServerUnderTest(
            ScriptedUpstream.Policy(silent.EndPoint),
            new DnsServerOptions { MaxInFlight = limit, UpstreamTimeout = TimeSpan.FromMinutes(2) });
        using var other = new OtherClient(server, ScriptedUpstream.Policy(good.EndPoint));
        using Socket socket = server.Udp();
        for (ushort i = 0; i < sent; i++)
        {
            await socket.SendAsync(Queries.Of($"n{i}.example.org", id: i));
        }

        for (int i = limit; i < sent; i++)
        {
            var answer = DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(socket));
            Assert.Equal(DnsResponseCode.ServerFailure, answer.Header.ResponseCode);
        }

        Assert.Equal((limit, sent - limit), (server.Statistics.Forwarded, server.Statistics.OverLimit));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(DnsResponseCode.NoError, (await other.AskAsync($"m{i}.example.org")).Header.ResponseCode);
        }

        Assert.Equal((20, 0), (other.Statistics.Forwarded, other.Statistics.UpstreamFailures));
    }
}
