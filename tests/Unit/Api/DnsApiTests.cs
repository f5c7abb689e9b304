using Net.Api.Clients;
using Net.Api.Dns;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Api;

/// <summary>What the client asks about the resolver, and how it reads the answers.</summary>
public sealed class DnsApiTests : IDisposable
{
    private readonly ScriptedDaemon _daemon = new();
    private readonly ApiClient _client;

    public DnsApiTests() => _client = new ApiClient(DaemonAddress.OfPath(_daemon.SocketPath));

    public void Dispose()
    {
        _client.Dispose();
        _daemon.Dispose();
    }

    [Fact]
    public async Task A_question_carries_what_was_given_and_no_more()
    {
        const string Answer = """{"Name":"a b","Type":"A","Status":"NOERROR","Source":"names","Answers":[]}""";
        _daemon.Answers("GET /netctl/dns/query?container=web%2F&name=a%20b&type=MX", 200, Answer)
            .Answers("GET /netctl/dns/query?name=db", 200, Answer);

        DnsQueryResponse whole = await _client.QueryDnsAsync("web/", "a b", "MX", default);
        await _client.QueryDnsAsync(null, "db", null, default);

        Assert.Equal((DnsSource.Names, null), (whole.Source, whole.Server));
    }

    [Fact]
    public async Task Numbers_are_asked_for_all_or_for_one()
    {
        _daemon.Answers(
            "GET /netctl/dns/stats", 200, """{"Containers":[{"Id":"aa","Name":"web","Queries":3}],"Forwarding":{"CacheEntries":1}}""")
            .Answers("GET /netctl/dns/stats?container=web", 200, """{"Containers":[]}""")
            .Answers("POST /netctl/dns/flush", 204);

        DnsStatsResponse all = await _client.GetDnsStatsAsync(null, default);
        await _client.GetDnsStatsAsync("web", default);
        await _client.FlushDnsAsync(default);

        Assert.Equal((3, 1), (all.Containers[0].Queries, all.Forwarding!.CacheEntries));
        Assert.Equal(3, _daemon.Requests.Count);
    }

    [Fact]
    public async Task A_line_of_the_log_is_there_before_the_next_has_come()
    {
        using var read = new SemaphoreSlim(0);
        _daemon.Converses("GET /netctl/dns/log?container=web", stream =>
        {
            stream.Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8);
            Write(stream, """{"Transport":"udp","Source":"names","Name":"a"}""");
            Assert.True(read.Wait(TimeSpan.FromSeconds(20)));
            Write(stream, """{"Transport":"tcp","Source":"cache","Name":"b","Lost":2}""");
            stream.Write("0\r\n\r\n"u8);
        });

        var lines = new List<DnsLogLine>();
        await foreach (DnsLogLine line in _client.FollowDnsAsync("web", default))
        {
            lines.Add(line);
            read.Release();
        }

        Assert.Equal([("a", 0), ("b", 2)], lines.Select(l => (l.Name!, l.Lost)));
    }

    [Fact]
    public async Task A_log_that_breaks_off_is_told_and_one_that_is_refused_too()
    {
        _daemon.Converses("GET /netctl/dns/log", stream =>
        {
            stream.Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{"u8);
            stream.Dispose();
        });
        _daemon.Answers("GET /netctl/dns/log?container=x", 404, """{"message":"No such container: x"}""");

        await Assert.ThrowsAsync<DaemonUnreachableException>(() => ReadAsync(null));
        ApiException refusal = await Assert.ThrowsAsync<ApiException>(() => ReadAsync("x"));

        Assert.Equal("No such container: x", refusal.Message);
    }

    private async Task ReadAsync(string? container)
    {
        await foreach (DnsLogLine line in _client.FollowDnsAsync(container, default))
        {
            Assert.Fail($"a line where none was sent: {line}");
        }
    }

    private static void Write(Stream stream, string line)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(line + "\n");
        stream.Write(System.Text.Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"));
        stream.Write(bytes);
        stream.Write("\r\n"u8);
    }
}
