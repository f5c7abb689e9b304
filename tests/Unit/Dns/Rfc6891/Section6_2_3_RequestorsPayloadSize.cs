using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc6891;

public sealed class Section6_2_3_RequestorsPayloadSize
{
    [Theory]
    [InlineData(0, 512)]
    [InlineData(1, 512)]
    [InlineData(511, 512)]
    [InlineData(512, 512)]
    [InlineData(513, 513)]
    [InlineData(1231, 1231)]
    [InlineData(1232, 1232)]
    [InlineData(65535, 1232)]
    public void Values_under_512_count_as_512_and_no_answer_of_ours_is_longer_than_asked_or_than_ours(ushort asked, int limit)
    {
        byte[] query = Queries.Of("many", edns: new Edns(asked));
        byte[] bytes = ResponderUnderTest.Bytes(query);
        var answer = DnsMessage.Parse(bytes);
        Assert.True(answer.Header.IsTruncated);
        Assert.InRange(bytes.Length, limit - 15, limit); // no room for one more of 16 bytes
        Assert.Equal(1232, (int)Assert.Single(answer.Additional).Class); // 6.2.4: what we take
    }

    [Fact]
    public void The_size_says_nothing_about_tcp()
    {
        byte[] query = Queries.Of("many", edns: new Edns(512));
        DnsMessage answer = ResponderUnderTest.Respond(query, DnsTransport.Tcp)!;
        Assert.Equal((false, Names.ManyCount), (answer.Header.IsTruncated, answer.Answers.Count));
    }
}
