using System.Net;
using ARSoft.Tools.Net.Dns;
using DnsClient;
using Net.Dns.Resolver;
using Net.Tests.TestKit.Dns;

namespace Net.Tests.Unit.Dns.Peers;

/// <summary>A client and an upstream server that others wrote, with our server between them.</summary>
public sealed class DnsClientTests
{
    /// <summary>Every type that DnsClient can ask for, but for zone transfers and ANY.</summary>
    private static IEnumerable<QueryType> Types =>
        Enum.GetValues<QueryType>().Where(static type => type is not (QueryType.None or QueryType.AXFR or QueryType.ANY));

    [Fact]
    public async Task Every_type_that_the_client_knows_arrives_as_the_server_has_it()
    {
        await using var peers = new PeersUnderTest();
        LookupClient client = peers.Client(static options => options.ExtendedDnsBufferSize = 4096);
        foreach (QueryType type in Types)
        {
            // There are two of DS, because ARSoft gives CDS records the type of DS.
            List<DnsRecordBase> has = [.. peers.Zone.Records.Where(record => (int)record.RecordType == (int)type)];
            Assert.NotEmpty(has);
            IDnsQueryResponse response = await client.QueryAsync(ArsoftZone.Every, type);
            Assert.False(response.HasError, $"{type}: {response.ErrorMessage}");
            Assert.Equal(
                has.Select(record => (
                    type, "every.example.org.", (int)record.RecordClass, record.TimeToLive,
                    Convert.ToHexString(ArsoftCodec.EncodeData(record)))),
                response.Answers.Select(static record => (
                    (QueryType)record.RecordType, record.DomainName.Value, (int)record.RecordClass, record.InitialTimeToLive,
                    Convert.ToHexString(DnsClientRecords.EncodeData(record)))));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Local_names_are_answered_over_udp_and_tcp(bool isTcp)
    {
        await using var peers = new PeersUnderTest();
        LookupClient client = peers.Client(options => options.UseTcpOnly = isTcp);

        IDnsQueryResponse a = await client.QueryAsync("web", QueryType.A);
        Assert.Equal(["192.0.2.7", "192.0.2.8"], a.Answers.ARecords().Select(static record => record.Address.ToString()).Order());
        IDnsQueryResponse aaaa = await client.QueryAsync("web", QueryType.AAAA);
        Assert.Equal(IPAddress.Parse("2001:db8::7"), Assert.Single(aaaa.Answers.AaaaRecords()).Address);
        IDnsQueryResponse ptr = await client.QueryReverseAsync(IPAddress.Parse("192.0.2.7"));
        Assert.Equal("web.net1.", Assert.Single(ptr.Answers.PtrRecords()).PtrDomainName.Value);
        IDnsQueryResponse none = await client.QueryAsync("web", QueryType.MX);
        Assert.Equal((false, 0), (none.HasError, none.Answers.Count));
        Assert.Equal(0, peers.Asked);
    }

    [Fact]
    public async Task A_zone_transfer_is_refused()
    {
        await using var peers = new PeersUnderTest();
        IDnsQueryResponse response = await peers.Client(static options => options.UseTcpOnly = true)
            .QueryAsync("example.org", QueryType.AXFR);
        Assert.Equal(DnsHeaderResponseCode.Refused, response.Header.ResponseCode);
        Assert.Equal(0, peers.Asked);
    }

    [Fact]
    public async Task What_comes_by_tcp_is_asked_by_tcp()
    {
        await using var peers = new PeersUnderTest();
        IDnsQueryResponse response = await peers.Client(static options => options.UseTcpOnly = true)
            .QueryAsync(ArsoftZone.Huge, QueryType.TXT);
        Assert.Equal((100, false), (response.Answers.TxtRecords().Count(), response.Header.ResultTruncated));
        Assert.Equal([TransportProtocol.Tcp], peers.Transports);
    }

    [Fact]
    public async Task A_truncated_response_is_fetched_over_tcp()
    {
        await using var peers = new PeersUnderTest();
        IDnsQueryResponse response = await peers.Client().QueryAsync(ArsoftZone.Huge, QueryType.TXT);
        Assert.Equal((100, false), (response.Answers.TxtRecords().Count(), response.Header.ResultTruncated));
        Assert.Equal(
            Enumerable.Range(100, 100).Select(static i => i + new string('x', 100)),
            response.Answers.TxtRecords().Select(static record => record.Text.Single()));
    }

    // 512 turns EDNS off in DnsClient, so that the client accepts 512 bytes (RFC 1035 4.2.1).
    [Theory]
    [InlineData(512, "none False", true)]
    [InlineData(1232, "1232 False", true)]
    [InlineData(4096, "4096 False", false)]
    public async Task The_payload_size_decides_what_comes_over_udp(int size, string seen, bool isTruncated)
    {
        await using var peers = new PeersUnderTest();
        LookupClient client = peers.Client(options => (options.ExtendedDnsBufferSize, options.UseTcpFallback) = (size, false));
        Assert.Equal(seen, (await client.QueryAsync(ArsoftZone.Echo, QueryType.TXT)).Answers.TxtRecords().Single().Text.Single());

        if (isTruncated)
        {
            DnsResponseException error = await Assert.ThrowsAsync<DnsResponseException>(
                () => client.QueryAsync(ArsoftZone.Big, QueryType.TXT));
            Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
        }
        else
        {
            IDnsQueryResponse response = await client.QueryAsync(ArsoftZone.Big, QueryType.TXT);
            Assert.Equal((15, true), (response.Answers.Count, response.MessageSize > 1232));
        }
    }

    [Fact]
    public async Task The_dnssec_ok_bit_passes_both_ways()
    {
        await using var peers = new PeersUnderTest();
        LookupClient client = peers.Client(
            static options => (options.ExtendedDnsBufferSize, options.RequestDnsSecRecords) = (1232, true));
        IDnsQueryResponse response = await client.QueryAsync(ArsoftZone.Echo, QueryType.TXT);
        Assert.Equal("1232 True", response.Answers.TxtRecords().Single().Text.Single());
        Assert.True(Assert.Single(response.Additionals.OfType<DnsClient.Protocol.Options.OptRecord>()).IsDnsSecOk);
    }

    [Fact]
    public async Task A_second_answer_comes_from_our_cache_with_the_time_that_is_left()
    {
        await using var peers = new PeersUnderTest();
        LookupClient client = peers.Client();
        int ttl = await TtlAsync(client);
        Assert.Equal(ArsoftZone.Ttl, ttl);
        for (int tries = 0; tries < 200 && ttl == ArsoftZone.Ttl; tries++)
        {
            await Task.Delay(50);
            ttl = await TtlAsync(client);
        }

        Assert.InRange(ttl, 1, ArsoftZone.Ttl - 1);
        Assert.Equal(1, peers.Asked);
    }

    [Theory]
    [InlineData(ArsoftZone.Missing, DnsHeaderResponseCode.NotExistentDomain)]
    [InlineData(ArsoftZone.Empty, DnsHeaderResponseCode.NoError)]
    public async Task A_negative_answer_comes_with_its_soa_and_is_cached(string name, DnsHeaderResponseCode code)
    {
        await using var peers = new PeersUnderTest();
        LookupClient client = peers.Client();
        for (int i = 0; i < 2; i++)
        {
            IDnsQueryResponse response = await client.QueryAsync(name, QueryType.A);
            Assert.Equal((code, 0), (response.Header.ResponseCode, response.Answers.Count));
            Assert.Equal(
                Convert.ToHexString(ArsoftCodec.EncodeData(ArsoftZone.Authority)),
                Convert.ToHexString(DnsClientRecords.EncodeData(Assert.Single(response.Authorities))));
        }

        Assert.Equal(1, peers.Asked);
    }

    [Fact]
    public async Task A_failure_arrives_and_is_not_cached()
    {
        await using var peers = new PeersUnderTest();
        LookupClient client = peers.Client();
        Assert.Equal(DnsHeaderResponseCode.ServerFailure, (await client.QueryAsync(ArsoftZone.Failing, QueryType.A)).Header.ResponseCode);
        int asked = peers.Asked;
        Assert.Equal(DnsHeaderResponseCode.ServerFailure, (await client.QueryAsync(ArsoftZone.Failing, QueryType.A)).Header.ResponseCode);
        Assert.True(peers.Asked > asked);
    }

    [Fact]
    public async Task A_query_that_an_upstream_server_loses_is_sent_again_by_us()
    {
        await using var peers = new PeersUnderTest(new DnsServerOptions { UpstreamTimeout = TimeSpan.FromSeconds(1) });
        IDnsQueryResponse response = await peers.Client().QueryAsync(ArsoftZone.Second, QueryType.TXT);
        Assert.Equal("any", response.Answers.TxtRecords().Single().Text.Single());
        Assert.Equal(2, peers.Asked);
    }

    [Fact]
    public async Task A_query_that_is_lost_before_it_reaches_us_is_sent_again_by_the_client()
    {
        await using var peers = new PeersUnderTest();
        using var relay = new LossyRelay(peers.Ours.EndPoint, lost: 2);
        LookupClient client = peers.Client(
            static options => (options.Retries, options.Timeout) = (20, TimeSpan.FromMilliseconds(200)), relay.EndPoint);
        Assert.Equal(2, (await client.QueryAsync("web", QueryType.A)).Answers.Count);
        Assert.True(relay.Received >= 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_of_it_works_over_ipv6(bool isTcp)
    {
        await using var peers = new PeersUnderTest(address: IPAddress.IPv6Loopback);
        LookupClient client = peers.Client(options => options.UseTcpOnly = isTcp);
        Assert.Equal(2, (await client.QueryAsync("web", QueryType.A)).Answers.Count);
        Assert.Equal(100, (await client.QueryAsync(ArsoftZone.Huge, QueryType.TXT)).Answers.Count);
    }

    private static async Task<int> TtlAsync(LookupClient client) =>
        Assert.Single((await client.QueryAsync(ArsoftZone.Echo, QueryType.TXT)).Answers).InitialTimeToLive;
}
