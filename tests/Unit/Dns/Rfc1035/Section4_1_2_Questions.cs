using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc1035;

public sealed class Section4_1_2_Questions
{
    [Theory]
    [InlineData("wEb", 1, 1)]
    [InlineData("web", 255, 1)]
    [InlineData("web", 65280, 1)]
    [InlineData("web", 1, 3)]
    [InlineData("no.example.org", 28, 1)]
    [InlineData(".", 2, 1)]
    public void The_question_comes_back_byte_for_byte(string name, int type, int @class)
    {
        byte[] query = Queries.Of(name, (DnsRecordType)type, @class: (DnsRecordClass)@class);
        byte[] response = ResponderUnderTest.Bytes(query);
        Assert.Equal(query.AsSpan(DnsHeader.Size).ToArray(), response.AsSpan(DnsHeader.Size, query.Length - DnsHeader.Size).ToArray());
    }

    [Fact]
    public void A_question_cut_at_any_length_is_truncated()
    {
        byte[] whole = Queries.Of("a.example.org");
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal(DnsFormatError.Truncated, DnsQuery.TryParse(whole.AsSpan(0, length).ToArray(), out _));
        }
    }
}
