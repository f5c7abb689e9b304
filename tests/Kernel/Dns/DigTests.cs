using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Dns;

/// <summary>The resolver as dig sees it, on loopback ports. dig prints "Warning" or "malformed" for what breaks a rule.</summary>
public sealed class DigTests : IDisposable
{
    private const int ManyCount = 200;

    private readonly DnsServer _upstream = new();
    private readonly DnsServer _server = new(new DnsServerOptions { CacheEntries = 0 });
    private readonly IPEndPoint _upstreamEndPoint;
    private readonly IPEndPoint _endPoint;

    public DigTests()
    {
        // Another server of ours is the upstream: its names are forwarded for.
        _upstreamEndPoint = Add(
            _upstream, new NameTable([(DnsName.Parse("www.example.org"), IPAddress.Parse("203.0.113.1"))], []), UpstreamPolicy.Forbidden);
        _endPoint = Add(_server, Names(), UpstreamPolicy.To(new UpstreamServer(_upstreamEndPoint)));
    }

    [DigFact]
    public void Dig_gets_addresses_of_both_families_and_the_pointer()
    {
        Assert.Equal(["192.0.2.7", "192.0.2.8"], Dig.Short(_endPoint, "WEB", "A"));
        Assert.Equal(["2001:db8::7"], Dig.Short(_endPoint, "web", "AAAA"));
        Assert.Equal(["web.net1."], Dig.Short(_endPoint, "-x", "192.0.2.7"));
        Assert.Equal(["web.net1."], Dig.Short(_endPoint, "-x", "2001:db8::7"));
    }

    [DigFact]
    public void Dig_finds_no_fault_in_any_kind_of_answer()
    {
        foreach (string[] question in (string[][])
            [
                ["web", "A"], ["web", "MX"], ["web", "ANY", "+notcp"], ["www.example.org", "A"], ["no.example.org", "A"],
                ["web", "A", "+noedns"], ["web", "A", "+edns=1", "+noednsneg"], ["web", "A", "+dnssec"], ["web", "A", "+opcode=4"],
                ["version.bind", "TXT", "CH"],
            ])
        {
            string output = Dig.Ask(_endPoint, question);
            Assert.Contains("flags: qr", output, StringComparison.Ordinal);
            Assert.Contains(" ra", output, StringComparison.Ordinal);
            Assert.DoesNotContain("Warning", output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("malformed", output, StringComparison.OrdinalIgnoreCase);
        }
    }

    [DigFact]
    public void Dig_sees_the_status_that_is_due()
    {
        Assert.Contains("status: NOERROR", Dig.Ask(_endPoint, "web", "TXT"), StringComparison.Ordinal);
        Assert.Contains("status: NXDOMAIN", Dig.Ask(_endPoint, "no.example.org"), StringComparison.Ordinal);
        Assert.Contains("status: REFUSED", Dig.Ask(_endPoint, "version.bind", "TXT", "CH"), StringComparison.Ordinal);
        Assert.Contains("status: NOTIMP", Dig.Ask(_endPoint, "web", "+opcode=4"), StringComparison.Ordinal);
        Assert.Contains("status: BADVERS", Dig.Ask(_endPoint, "web", "+edns=1", "+noednsneg"), StringComparison.Ordinal);
        Assert.Contains("status: FORMERR", Dig.Ask(_endPoint, "web", "+header-only"), StringComparison.Ordinal);
        Assert.Contains("web.\t\t\t5\tIN\tA\t", Dig.Ask(_endPoint, "web"), StringComparison.Ordinal);
    }

    [DigFact]
    public void Dig_gets_a_forwarded_name_over_udp_and_tcp()
    {
        Assert.Equal(["203.0.113.1"], Dig.Short(_endPoint, "www.example.org"));
        Assert.Equal(["203.0.113.1"], Dig.Short(_endPoint, "www.example.org", "+tcp"));
        DnsStatistics statistics = _upstream.GetStatistics("client")!;
        Assert.Equal((2, 1), (statistics.OwnNames, statistics.TcpConnections));
    }

    [DigFact]
    public void Dig_gets_a_forwarded_name_from_the_cache()
    {
        using var caching = new DnsServer();
        IPEndPoint endPoint = Add(caching, Names(), UpstreamPolicy.To(new UpstreamServer(_upstreamEndPoint)));
        for (int i = 0; i < 3; i++)
        {
            string output = Dig.Ask(endPoint, "WWW.example.org", "+cookie");
            Assert.Contains("WWW.example.org.", output, StringComparison.Ordinal);
            Assert.Contains("203.0.113.1", output, StringComparison.Ordinal);
            Assert.DoesNotContain("Warning", output, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal((1, 2), (_upstream.GetStatistics("client")!.Queries, caching.GetStatistics("client")!.Cached));
    }

    [DigFact]
    public void Dig_gets_a_long_answer_by_itself_over_tcp_when_it_is_cut()
    {
        Assert.Equal(ManyCount, Dig.Short(_endPoint, "many").Length);
        Assert.Contains(" tc ", Dig.Ask(_endPoint, "many", "+ignore"), StringComparison.Ordinal);
        Assert.Equal(1, _server.GetStatistics("client")!.TcpConnections);
    }

    [DigFact]
    public void Dig_asks_several_questions_on_one_connection() => Assert.Equal(
        ["192.0.2.7", "192.0.2.8", "2001:db8::7"],
        Dig.Short(_endPoint, "+tcp", "+keepopen", "web", "A", "web", "AAAA"));

    public void Dispose()
    {
        _server.Dispose();
        _upstream.Dispose();
    }

    private static NameTable Names()
    {
        var web = DnsName.Parse("web");
        IPAddress[] addresses = [IPAddress.Parse("192.0.2.7"), IPAddress.Parse("192.0.2.8"), IPAddress.Parse("2001:db8::7")];
        IEnumerable<(DnsName, IPAddress)> many =
            Enumerable.Range(0, ManyCount).Select(static i => (DnsName.Parse("many"), new IPAddress([198, 51, 100, (byte)i])));
        return new NameTable(
            [.. addresses.Select(address => (web, address)), .. many],
            addresses.Select(static address => (address, DnsName.Parse("web.net1"))));
    }

    private static IPEndPoint Add(DnsServer to, NameTable names, UpstreamPolicy upstreams)
    {
        (Socket udp, Socket tcp) = LoopbackSockets.Bind();
        var address = (IPEndPoint)tcp.LocalEndPoint!;
        to.AddClient("client", udp, tcp, names, upstreams);
        return address;
    }
}
