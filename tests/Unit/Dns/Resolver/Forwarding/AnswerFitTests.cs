using Net.Dns.Resolver;
using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Forwarding;

/// <summary>RFC 2181 9 and RFC 6891 6.2.3 for the answers of others.</summary>
public sealed class AnswerFitTests
{
    [Theory]
    [InlineData(null, 512)]
    [InlineData(100, 512)]
    [InlineData(1400, 1400)]
    public void Over_udp_the_client_gets_what_it_takes_and_at_least_512_bytes(int? said, int most)
    {
        byte[] query = Queries.Of("a.example.org", edns: said is { } size ? new Edns((ushort)size, DnssecOk: true) : null);
        byte[] fitting = Padded(query, most);
        Assert.Equal(fitting, Fit(fitting, query, DnsTransport.Udp));

        var cut = DnsMessage.Parse(Fit(Padded(query, most + 1), query, DnsTransport.Udp));
        Assert.Equal(DnsFlags.Response | DnsFlags.Truncated | DnsFlags.RecursionDesired, cut.Header.Flags);
        Assert.Equal((0x1234, 1, 0, said is null ? 0 : 1), (cut.Header.Id, cut.Questions.Count, cut.Answers.Count, cut.Additional.Count));
        Assert.All(cut.Additional, static opt => Assert.Equal((DnsRecordType.Opt, 0x8000u, 1232), (opt.Type, opt.Ttl, (int)opt.Class)));
    }

    [Fact]
    public void Over_tcp_the_client_gets_any()
    {
        byte[] query = Queries.Of("a.example.org");
        Assert.Equal(Padded(query, ushort.MaxValue), Fit(Padded(query, ushort.MaxValue), query, DnsTransport.Tcp));
    }

    [Fact]
    public void What_has_no_room_is_cut()
    {
        byte[] query = Queries.Of("a.example.org");
        byte[] fit = Fit(Padded(query, 4097), query, DnsTransport.Tcp, room: 4096);
        Assert.True(DnsMessage.Parse(fit).Header.IsTruncated);
    }

    private static byte[] Fit(byte[] answer, byte[] query, DnsTransport transport, int room = ushort.MaxValue)
    {
        DnsQuery.TryParse(query, out DnsQuery parsed);
        byte[] buffer = new byte[room];
        byte[] withOtherId = Queries.WithId(answer, 0x9999);
        return buffer.AsSpan(0, AnswerFit.Write(withOtherId, parsed, transport, 1232, buffer)).ToArray();
    }

    private static byte[] Padded(byte[] query, int length)
    {
        byte[] answer = new byte[length];
        query.CopyTo(answer, 0);
        answer[2] |= 0x80;
        return answer;
    }
}
