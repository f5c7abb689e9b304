using Net.Dns.Resolver.Caching;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;
using Net.Tests.Unit.Dns.Resolver.Caching;

namespace Net.Tests.Unit.Dns.Rfc2308;

public sealed class Section5_CachingNegativeAnswers
{
    private const string Name = "a.example.org";

    private static readonly byte[] Query = Queries.Of(Name);

    private readonly CacheUnderTest _cache = new();

    [Theory]
    [InlineData(600, 300, 300)]
    [InlineData(300, 600, 300)]
    [InlineData(1_000_000, 1_000_000, AnswerLifetime.MaxNegativeTtl)]
    public void It_is_kept_for_the_lesser_of_the_records_ttl_and_its_minimum_and_no_longer_than_some_hours(uint ttl, uint minimum, uint kept)
    {
        _cache.Store(Query, Answers.To(Query, [], [Answers.StartOfAuthority(ttl, minimum)], DnsResponseCode.NameError));
        Assert.Equal(kept, _cache.Ask(Query)!.Authorities[0].Ttl);
        _cache.Wait(kept - 1);
        Assert.Equal(1u, _cache.Ask(Query)!.Authorities[0].Ttl);
        _cache.Wait(1);
        Assert.Null(_cache.Ask(Query));
    }

    [Theory]
    [InlineData(DnsResponseCode.NoError)]
    [InlineData(DnsResponseCode.NameError)]
    public void Without_the_record_it_is_not_kept(DnsResponseCode code)
    {
        _cache.Store(Query, Answers.To(Query, code: code));
        _cache.Store(Query, Answers.To(Query, [Answers.StartOfAuthority(600, 300)], code: code));
        Assert.Equal(0, _cache.Cache.Count);
    }

    [Theory]
    [InlineData(0u, 300u)]
    [InlineData(300u, 0u)]
    [InlineData(300u, 0x8000_0000u)]
    public void With_no_time_it_is_not_kept(uint ttl, uint minimum)
    {
        _cache.Store(Query, Answers.To(Query, [], [Answers.StartOfAuthority(ttl, minimum)], DnsResponseCode.NameError));
        Assert.Equal(0, _cache.Cache.Count);
    }

    [Fact]
    public void A_name_that_does_not_exist_has_no_record_of_any_type()
    {
        _cache.Store(Query, Answers.To(Query, [], [Answers.StartOfAuthority(600, 300)], DnsResponseCode.NameError));
        DnsMessage answer = _cache.Ask(Queries.Of("A.example.org", DnsRecordType.Aaaa))!;
        Assert.Equal(DnsResponseCode.NameError, answer.Header.ResponseCode);
        Assert.Equal(new DnsQuestion(DnsName.Parse(Name), DnsRecordType.Aaaa), Assert.Single(answer.Questions));
        Assert.Null(_cache.Ask(Queries.Of("b." + Name)));
    }

    [Fact]
    public void A_name_that_is_there_after_all_is()
    {
        _cache.Store(Query, Answers.To(Query, [], [Answers.StartOfAuthority(600, 300)], DnsResponseCode.NameError));
        byte[] other = Queries.Of(Name, DnsRecordType.Text);
        _cache.Store(other, Answers.Long(other, 10));
        Assert.Null(_cache.Ask(Query));
        Assert.NotNull(_cache.Ask(other));
    }
}
