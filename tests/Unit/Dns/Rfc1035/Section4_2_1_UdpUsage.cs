using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc1035;

public sealed class Section4_2_1_UdpUsage
{
    [Fact]
    public void Messages_over_udp_have_at_most_512_bytes_and_longer_ones_are_cut_with_tc()
    {
        byte[] query = Queries.Of("many.example.org");
        for (int holders = 1; holders <= 64; holders++)
        {
            byte[] bytes = ResponderUnderTest.Bytes(query, names: ResponderUnderTest.Holders("many.example.org", holders));
            var answer = DnsMessage.Parse(bytes);
            Assert.InRange(bytes.Length, 1, 512);
            Assert.Equal(answer.Answers.Count < holders, answer.Header.IsTruncated);

            // A is 16 bytes with a compressed owner: as many as fit are there.
            Assert.Equal(Math.Min(holders, (512 - query.Length) / 16), answer.Answers.Count);
        }
    }
}
