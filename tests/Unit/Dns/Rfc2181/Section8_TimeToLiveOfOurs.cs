using Net.Dns.Resolver;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc2181;

public sealed class Section8_TimeToLiveOfOurs
{
    [Theory]
    [InlineData(0x7fffffffu)]
    [InlineData(0x80000000u)]
    [InlineData(uint.MaxValue)]
    public void No_ttl_is_sent_that_would_count_as_zero(uint configured)
    {
        var options = new DnsServerOptions { TtlSeconds = configured };
        Assert.All(
            ResponderUnderTest.Respond(Queries.Of("web"), options: options)!.Answers,
            static record => Assert.Equal(0x7fffffffu, record.Ttl));
    }
}
