using System.Security.Cryptography;
using Net.Dns.Resolver;
using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Dns.Resolver.Caching;

public sealed class AnswerCacheTests
{
    private const string Name = "a.example.org";

    private readonly CacheUnderTest _cache = new();

    [Fact]
    public void What_was_answered_is_answered_again_with_the_clients_own_id_and_case()
    {
        byte[] query = Queries.Of(Name);
        _cache.Store(query, Answers.Address(query));
        DnsMessage answer = _cache.Ask(Queries.Of("A.eXample.ORG", id: 0x7777))!;
        Assert.Equal(0x7777, answer.Header.Id);
        Assert.Equal("A.eXample.ORG", Assert.Single(answer.Questions).Name.ToString());
        Assert.Equal("A.eXample.ORG", Assert.Single(answer.Answers).Name.ToString());
        Assert.Equal((1, 0), (_cache.Cache.Hits, _cache.Cache.Misses));
    }

    [Fact]
    public void The_answer_is_not_authoritative_any_more()
    {
        byte[] query = Queries.Of(Name);
        _cache.Store(query, Answers.Address(query, flags: DnsFlags.Authoritative));
        Assert.Equal(
            DnsFlags.Response | DnsFlags.RecursionDesired | DnsFlags.RecursionAvailable, _cache.Ask(query)!.Header.Flags);
    }

    [Fact]
    public void The_time_to_live_of_each_record_shrinks_and_the_answer_goes_with_the_shortest()
    {
        byte[] query = Queries.Of(Name);
        _cache.Store(query, Answers.To(query, [Answers.Alias(Name, 100, "b.example.org"), Answers.A("b.example.org", 30)]));
        _cache.Wait(29.9);
        Assert.Equal([71u, 1u], _cache.Ask(query)!.Answers.Select(static record => record.Ttl));
        _cache.Wait(0.1);
        Assert.Null(_cache.Ask(query));
        Assert.Equal((0, 0L), (_cache.Cache.Count, _cache.Cache.Bytes));
    }

    [Fact]
    public void Opt_is_between_two_servers_and_the_client_gets_ours_when_it_sent_one()
    {
        var asked = new Edns(4096, DnssecOk: true, Options: new byte[] { 0, 10, 0, 1, 9 });
        byte[] query = Queries.Of(Name, edns: asked);
        _cache.Store(
            query, Answers.To(query, [Answers.A(Name, 60)], edns: new Edns(4000, DnssecOk: true, Options: new byte[] { 0, 10, 0, 1, 8 })));

        byte[] again = Queries.Of(Name, edns: asked with { UdpPayloadSize = 700, Options = default });
        DnsRecord opt = Assert.Single(_cache.Ask(again)!.Additional);
        Assert.Equal((DnsRecordType.Opt, (DnsRecordClass)CacheUnderTest.UdpSize, 0x8000u), (opt.Type, opt.Class, opt.Ttl));
        Assert.Equal(0, ((RawData)opt.Data).Bytes.Length);
    }

    [Fact]
    public void A_client_without_opt_gets_none()
    {
        byte[] query = Queries.Of(Name, edns: new Edns(4096));
        _cache.Store(query, Answers.To(query, [Answers.A(Name, 60)], edns: new Edns(4000)));
        Assert.Empty(_cache.Ask(Queries.Of(Name))!.Additional);
    }

    [Fact]
    public void An_answer_that_is_longer_than_the_client_takes_is_cut()
    {
        byte[] query = Queries.Of(Name, DnsRecordType.Text);
        byte[] stored = Answers.Long(query, 900);
        _cache.Store(query, stored);

        DnsMessage cut = _cache.Ask(query)!;
        Assert.True(cut.Header.IsTruncated);
        Assert.Single(cut.Questions);
        Assert.Empty(cut.Answers);

        Assert.False(_cache.Ask(query, DnsTransport.Tcp)!.Header.IsTruncated);
        byte[] exact = Queries.Of(Name, DnsRecordType.Text, edns: new Edns((ushort)(stored.Length + Edns.MinimumSize)));
        Assert.False(_cache.Ask(exact)!.Header.IsTruncated);
        byte[] short1 = Queries.Of(Name, DnsRecordType.Text, edns: new Edns((ushort)(stored.Length + Edns.MinimumSize - 1)));
        DnsMessage cutWithOpt = _cache.Ask(short1)!;
        Assert.True(cutWithOpt.Header.IsTruncated);
        Assert.Single(cutWithOpt.Additional);
    }

    [Fact]
    public void Questions_that_may_have_another_answer_do_not_get_this_one()
    {
        byte[] query = Queries.Of(Name);
        _cache.Store(query, Answers.Address(query));
        Assert.Null(_cache.Ask(Queries.Of("b.example.org")));
        Assert.Null(_cache.Ask(Queries.Of(Name, DnsRecordType.Aaaa)));
        Assert.Null(_cache.Ask(Queries.Of(Name, flags: DnsFlags.None)));
        Assert.Null(_cache.Ask(Queries.Of(Name, flags: DnsFlags.RecursionDesired | DnsFlags.CheckingDisabled)));
        Assert.Null(_cache.Ask(Queries.Of(Name, flags: DnsFlags.RecursionDesired | DnsFlags.AuthenticData)));
        Assert.Null(_cache.Ask(Queries.Of(Name, edns: new Edns(1232, DnssecOk: true))));
        Assert.Null(_cache.Ask(query, group: new UpstreamGroup(UpstreamPolicy.To(), [])));
        Assert.Equal((0, 7), (_cache.Cache.Hits, _cache.Cache.Misses));
    }

    [Theory]
    [InlineData("000a0008f41965b1fc680e90", true)] // COOKIE
    [InlineData("000c00020000", true)] // PADDING
    [InlineData("000c0000000a0000", true)]
    [InlineData("0008000700011800c00002", false)] // the client's subnet
    [InlineData("000a0000000500010d", false)]
    [InlineData("000a00ff00", false)] // a lying length
    [InlineData("000a00", false)]
    public void A_question_with_an_option_that_the_answer_may_depend_on_uses_no_cache(string options, bool uses)
    {
        byte[] query = Queries.Of(Name, edns: new Edns(1232, Options: Convert.FromHexString(options)));
        _cache.Store(query, Answers.Address(query));
        Assert.Equal(uses, _cache.Cache.Count == 1);

        byte[] plain = Queries.Of(Name, edns: new Edns(1232));
        _cache.Store(plain, Answers.Address(plain));
        Assert.Equal(uses, _cache.Ask(query) is not null);
    }

    [Fact]
    public void A_signed_question_uses_no_cache()
    {
        byte[] query = [.. Queries.Of(Name), 0, 0, 250, 0, 255, 0, 0, 0, 0, 0, 0];
        query[11] = 1;
        _cache.Store(query, Answers.Address(Queries.Of(Name)));
        Assert.Equal(0, _cache.Cache.Count);
    }

    [Fact]
    public void The_one_that_was_not_used_for_longest_goes_first()
    {
        var cache = new CacheUnderTest(maxEntries: 3);
        byte[][] queries = [.. Enumerable.Range(0, 4).Select(static i => Queries.Of($"n{i}.example.org"))];
        foreach (byte[] query in queries[..3])
        {
            cache.Store(query, Answers.Address(query));
        }

        Assert.NotNull(cache.Ask(queries[0]));
        cache.Store(queries[3], Answers.Address(queries[3]));
        Assert.Equal([true, false, true, true], queries.Select(query => cache.Ask(query) is not null));
        Assert.Equal((3, 1), (cache.Cache.Count, cache.Cache.Evictions));
    }

    [Fact]
    public void The_memory_is_bounded_too()
    {
        var cache = new CacheUnderTest(maxBytes: 4000);
        for (int i = 0; i < 50; i++)
        {
            byte[] query = Queries.Of($"n{i}.example.org", DnsRecordType.Text);
            cache.Store(query, Answers.Long(query, 500));
            Assert.InRange(cache.Cache.Bytes, 1, 4000);
        }

        Assert.InRange(cache.Cache.Count, 2, 8);
        byte[] large = Queries.Of(Name, DnsRecordType.Text);
        cache.Store(large, Answers.Long(large, 5000));
        Assert.Null(cache.Ask(large));
    }

    [Theory]
    [InlineData(100, 1 << 20)]
    [InlineData(100_000, 50_000)]
    public void Who_asks_for_names_without_end_takes_nothing_from_others(int mostEntries, long mostBytes)
    {
        var cache = new CacheUnderTest(mostEntries, mostBytes);
        var flood = new DnsCounters();
        byte[][] queries = [.. Enumerable.Range(0, 10).Select(static i => Queries.Of($"n{i}.example.org"))];
        foreach (byte[] query in queries)
        {
            cache.Store(query, Answers.Address(query));
        }

        for (int i = 0; i < 1000; i++)
        {
            byte[] query = Queries.Of($"f{i}.example.org");
            cache.Store(query, Answers.Address(query), flood);
        }

        Assert.All(queries, query => Assert.NotNull(cache.Ask(query)));
        Assert.InRange(cache.Cache.Evictions, 800, 999);
        Assert.InRange(cache.Cache.Count, 50, 200); // all the room that others do not use is theirs
        Assert.InRange(cache.Cache.Bytes, 1, mostBytes);
    }

    [Fact]
    public void None_may_be_kept()
    {
        var cache = new CacheUnderTest(maxEntries: 0);
        byte[] query = Queries.Of(Name);
        cache.Store(query, Answers.Address(query));
        Assert.Null(cache.Ask(query));
    }

    [Fact]
    public void What_nobody_asks_for_goes_when_its_time_is_over()
    {
        byte[] query = Queries.Of(Name);
        byte[] other = Queries.Of("b.example.org");
        _cache.Store(query, Answers.Address(query, ttl: 10));
        _cache.Store(other, Answers.Address(other, ttl: 20));
        _cache.Wait(10);
        _cache.Cache.RemoveExpired();
        Assert.Equal((1, 0), (_cache.Cache.Count, _cache.Cache.Evictions));
        Assert.NotNull(_cache.Ask(other));
        _cache.Cache.Clear();
        Assert.Null(_cache.Ask(other));
        Assert.Equal((0, 0L), (_cache.Cache.Count, _cache.Cache.Bytes));
    }

    [Fact]
    public void An_answer_from_the_cache_makes_no_garbage()
    {
        byte[] query = Queries.Of(Name, edns: new Edns(1232));
        _cache.Store(query, Answers.Address(query));
        DnsQuery.TryParse(query, out DnsQuery parsed);
        byte[] room = new byte[4096];
        Answer();
        Assert.Equal(0, Garbage.Of(Answer));

        void Answer()
        {
            for (int i = 0; i < 1000; i++)
            {
                _cache.Cache.Find(_cache.Group, parsed)!.Write(parsed, 1232, 1232, _cache.Now, room);
            }
        }
    }

    [Theory]
    [InlineData("0029" + "0200" + "00000000" + "0000", "0001" + "0001" + "0000003c" + "0004" + "c0000203")] // OPT first
    [InlineData("0029" + "0200" + "00000000" + "0000", "0029" + "0200" + "00000000" + "0000")] // two
    public void An_answer_whose_opt_is_not_the_last_record_is_not_kept(params string[] additional)
    {
        byte[] query = Queries.Of(Name, edns: new Edns(1232));
        byte[] answer =
        [
            .. Answers.To(query, [Answers.A(Name, 60)]),
            .. additional.SelectMany(static record => Convert.FromHexString("00" + record)),
        ];
        answer[11] = (byte)additional.Length;
        Assert.NotNull(DnsMessage.Parse(answer));
        _cache.Store(query, answer);
        Assert.Equal(0, _cache.Cache.Count);
    }

    [Fact]
    public void A_start_of_authority_in_the_additional_section_says_nothing_of_how_long_a_name_is_not_there()
    {
        byte[] query = Queries.Of(Name);
        byte[] answer = Answers.To(query, [], [Answers.StartOfAuthority(600, 300)], DnsResponseCode.NameError);
        (answer[9], answer[11]) = (0, 1);
        Assert.Single(DnsMessage.Parse(answer).Additional);
        _cache.Store(query, answer);
        Assert.Equal(0, _cache.Cache.Count);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public void A_question_that_says_more_than_its_name_and_type_uses_no_cache(int count)
    {
        // IXFR carries a SOA in the authority section (RFC 1995 3), and what it says decides the answer.
        byte[] query = [.. Queries.Of(Name), .. Convert.FromHexString("c00c" + "00010001" + "00000000" + "0004" + "c0000201")];
        query[count] = 1;
        _cache.Store(query, Answers.Address(Queries.Of(Name)));
        Assert.Equal(0, _cache.Cache.Count);
        _cache.Store(Queries.Of(Name), Answers.Address(Queries.Of(Name)));
        Assert.Null(_cache.Ask(query));
    }

    [Fact]
    public void What_breaks_the_format_is_not_kept()
    {
        byte[] query = Queries.Of(Name);
        byte[] whole = Answers.To(query, [Answers.A(Name, 60), Answers.A(Name, 60, "192.0.2.2")], edns: new Edns(1232));
        for (int length = 0; length < whole.Length; length++)
        {
            _cache.Store(query, whole[..length]);
            Assert.Equal(0, _cache.Cache.Count);
        }

        _cache.Store(query, [.. whole, 0]);
        Assert.Equal(0, _cache.Cache.Count);
        _cache.Store(query, whole);
        Assert.Equal(1, _cache.Cache.Count);
    }

    [Fact]
    public void Whatever_the_bytes_are_nothing_is_thrown_and_what_is_kept_can_be_served()
    {
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        byte[] query = Queries.Of(Name, edns: new Edns(1232));
        byte[] whole = Answers.To(query, [Answers.Alias(Name, 60, "b.example.org"), Answers.A("b.example.org", 60)], edns: new Edns(1232));
        DnsQuery.TryParse(query, out DnsQuery parsed);
        byte[] room = new byte[ushort.MaxValue];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] broken = [.. whole];
            for (int changes = random.Next(4); changes >= 0; changes--)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            _cache.Store(query, broken);
            _cache.Cache.Find(_cache.Group, parsed)?.Write(parsed, ushort.MaxValue, 1232, _cache.Now, room);
            _cache.Cache.Clear();
        }
    }
}
