using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;
using Net.Tests.Unit.Dns.Resolver.Caching;

namespace Net.Tests.Unit.Dns.Rfc2308;

/// <summary>RFC 2308 7: caching a failure is optional, and we do not; nor what was cut (RFC 2181 9).</summary>
public sealed class Section7_OtherNegativeResponses
{
    private readonly CacheUnderTest _cache = new();

    [Theory]
    [InlineData(DnsResponseCode.FormatError)]
    [InlineData(DnsResponseCode.ServerFailure)]
    [InlineData(DnsResponseCode.NotImplemented)]
    [InlineData(DnsResponseCode.Refused)]
    [InlineData((DnsResponseCode)DnsFlags.Truncated)]
    public void Neither_is_kept(DnsResponseCode code)
    {
        byte[] query = Queries.Of("a.example.org");
        _cache.Store(query, Answers.To(query, [Answers.A("a.example.org", 300)], [Answers.StartOfAuthority(600, 300)], code));
        Assert.Equal(0, _cache.Cache.Count);
    }

    [Fact]
    public void An_extended_code_is_a_failure_too()
    {
        byte[] query = Queries.Of("a.example.org", edns: new Edns(1232));
        _cache.Store(query, Answers.To(query, [Answers.A("a.example.org", 300)], edns: new Edns(1232, ExtendedResponseCode: 1)));
        Assert.Equal(0, _cache.Cache.Count);
    }
}
