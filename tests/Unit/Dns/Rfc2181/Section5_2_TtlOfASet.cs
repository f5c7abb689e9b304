using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc2181;

public sealed class Section5_2_TtlOfASet
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(86400)]
    public void All_records_of_a_set_have_the_same_ttl(uint ttl)
    {
        DnsMessage answer = ResponderUnderTest.Respond(
            Queries.Of("many"), DnsTransport.Tcp, options: new DnsServerOptions { TtlSeconds = ttl })!;
        Assert.All(answer.Answers, record => Assert.Equal(ttl, record.Ttl));
    }

    [Fact]
    public void No_record_of_a_set_comes_twice()
    {
        DnsMessage answer = ResponderUnderTest.Respond(Queries.Of("many"), DnsTransport.Tcp)!;
        Assert.Equal(Names.ManyCount, answer.Answers.Distinct().Count());
    }
}
