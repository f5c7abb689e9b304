using Net.Dns.Resolver;
using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Forwarding;

/// <summary>RFC 2181 9 and RFC 6891 6.2.3 for the responses of upstream servers.</summary>
public sealed class ClientResponseWriterTests
{
    [Theory]
    [InlineData(null, 512)]
    [InlineData(100, 512)]
    [InlineData(1400, 1400)]
    public void Over_udp_the_client_gets_as_much_as_it_accepts_and_at_least_512_bytes(int? advertised, int accepted)
    {
        byte[] query = Queries.Of("a.example.org", edns: advertised is { } size ? new Edns((ushort)size, DnssecOk: true) : null);
        byte[] fitting = Padded(query, accepted);
        Assert.Equal(fitting, Write(fitting, query, DnsTransport.Udp));

        var cut = DnsMessage.Parse(Write(Padded(query, accepted + 1), query, DnsTransport.Udp));
        Assert.Equal(DnsFlags.Response | DnsFlags.Truncated | DnsFlags.RecursionDesired, cut.Header.Flags);
        int additional = advertised is null ? 0 : 1;
        Assert.Equal((0x1234, 1, 0, additional), (cut.Header.Id, cut.Questions.Count, cut.Answers.Count, cut.Additional.Count));
        Assert.All(cut.Additional, static opt => Assert.Equal((DnsRecordType.Opt, 0x8000u, 1232), (opt.Type, opt.Ttl, (int)opt.Class)));
    }

    [Fact]
    public void Over_tcp_the_client_gets_a_response_of_any_size()
    {
        byte[] query = Queries.Of("a.example.org");
        Assert.Equal(Padded(query, ushort.MaxValue), Write(Padded(query, ushort.MaxValue), query, DnsTransport.Tcp));
    }

    [Fact]
    public void A_response_that_has_no_room_in_the_buffer_is_truncated()
    {
        byte[] query = Queries.Of("a.example.org");
        byte[] written = Write(Padded(query, 4097), query, DnsTransport.Tcp, bufferSize: 4096);
        Assert.True(DnsMessage.Parse(written).Header.IsTruncated);
    }

    private static byte[] Write(byte[] answer, byte[] query, DnsTransport transport, int bufferSize = ushort.MaxValue)
    {
        DnsQuery.TryParse(query, out DnsQuery parsed);
        byte[] buffer = new byte[bufferSize];
        byte[] withOtherId = Queries.WithId(answer, 0x9999);
        return buffer.AsSpan(0, ClientResponseWriter.Write(withOtherId, parsed, transport, 1232, buffer)).ToArray();
    }

    private static byte[] Padded(byte[] query, int length)
    {
        byte[] answer = new byte[length];
        query.CopyTo(answer, 0);
        answer[2] |= 0x80;
        return answer;
    }
}
