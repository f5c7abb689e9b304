using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;
using Net.Tests.Unit.Dns.Resolver.Caching;

namespace Net.Tests.Unit.Dns.Rfc2308;

/// <summary>RFC 2308 2: what says that something is not there.</summary>
public sealed class Section2_NegativeResponses
{
    private const string Name = "a.example.org";

    private static readonly DnsRecord[] Authority = [Answers.StartOfAuthority(600, 300)];
    private static readonly byte[] Query = Queries.Of(Name);

    private readonly CacheUnderTest _cache = new();

    [Fact]
    public void Section_2_1_name_error_is_known_by_its_code()
    {
        _cache.Store(Query, Answers.To(Query, [], Authority, DnsResponseCode.NameError));
        Assert.Equal(DnsResponseCode.NameError, _cache.Ask(Query)!.Header.ResponseCode);
    }

    [Fact]
    public void Section_2_1_with_an_alias_it_is_the_target_that_does_not_exist()
    {
        DnsRecord alias = Answers.Alias(Name, 600, "b.example.org");
        _cache.Store(Query, Answers.To(Query, [alias], Authority, DnsResponseCode.NameError));
        Assert.Equal(DnsResponseCode.NameError, _cache.Ask(Query)!.Header.ResponseCode);
        Assert.Null(_cache.Ask(Queries.Of(Name, DnsRecordType.CanonicalName)));
    }

    [Fact]
    public void Section_2_2_no_data_has_no_record_of_the_asked_type()
    {
        _cache.Store(Query, Answers.To(Query, [], Authority));
        DnsMessage answer = _cache.Ask(Query)!;
        Assert.Equal((DnsResponseCode.NoError, 0, 1), (answer.Header.ResponseCode, answer.Answers.Count, answer.Authorities.Count));
        Assert.Null(_cache.Ask(Queries.Of(Name, DnsRecordType.Aaaa)));
    }

    [Fact]
    public void Section_2_2_no_data_may_come_with_an_alias()
    {
        _cache.Store(Query, Answers.To(Query, [Answers.Alias(Name, 1000, "b.example.org")], Authority));
        _cache.Wait(299);
        Assert.NotNull(_cache.Ask(Query));
        _cache.Wait(1);
        Assert.Null(_cache.Ask(Query));
    }
}
