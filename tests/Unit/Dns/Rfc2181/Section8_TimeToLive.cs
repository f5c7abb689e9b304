using Net.Dns.Resolver.Caching;
using Net.Tests.Unit.Dns.Resolver;
using Net.Tests.Unit.Dns.Resolver.Caching;

namespace Net.Tests.Unit.Dns.Rfc2181;

public sealed class Section8_TimeToLive
{
    private const string Name = "a.example.org";

    private readonly CacheUnderTest _cache = new();

    [Theory]
    [InlineData(0u)]
    [InlineData(0x8000_0000u)]
    [InlineData(0xffff_ffffu)]
    public void A_time_to_live_with_the_top_bit_set_is_none_and_none_is_not_kept(uint ttl)
    {
        byte[] query = Queries.Of(Name);
        _cache.Store(query, Answers.Address(query, ttl));
        Assert.Equal(0, _cache.Cache.Count);
    }

    [Fact]
    public void The_largest_one_is_kept_for_no_longer_than_the_upper_bound()
    {
        byte[] query = Queries.Of(Name);
        _cache.Store(query, Answers.Address(query, 0x7fff_ffff));
        _cache.Wait(AnswerLifetime.MaxTtl - 1);
        Assert.Equal(0x7fff_ffffu - (AnswerLifetime.MaxTtl - 1), _cache.Ask(query)!.Answers[0].Ttl);
        _cache.Wait(1);
        Assert.Null(_cache.Ask(query));
    }
}
