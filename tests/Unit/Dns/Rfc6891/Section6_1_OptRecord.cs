using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Rfc6891;

/// <summary>RFC 6891, Extension Mechanisms for DNS (EDNS(0)).</summary>
public sealed class Section6_1_OptRecord
{
    private const string Question = "0161000001" + "0001";
    private const string Opt = "00" + "0029" + "1000" + "01028000" + "0000";

    [Fact]
    public void Section_6_1_3_the_ttl_of_opt_is_code_version_and_flags()
    {
        DnsQuery.TryParse(Samples.Message(Question + Opt, additional: 1), out DnsQuery query);
        Assert.Equal(new Edns(4096, 1, 2, true), query.Edns);
    }

    [Fact]
    public void Section_6_1_1_a_second_opt_is_malformed() =>
        Assert.Equal(DnsFormatError.Malformed, DnsQuery.TryParse(Samples.Message(Question + Opt + Opt, additional: 2), out _));

    [Fact]
    public void Section_6_1_1_opt_outside_the_additional_section_is_malformed() =>
        Assert.Equal(DnsFormatError.Malformed, DnsQuery.TryParse(Samples.Message(Question + Opt, answers: 1), out _));

    [Fact]
    public void Section_6_1_2_opt_of_another_name_than_the_root_is_malformed() =>
        Assert.Equal(DnsFormatError.Malformed, DnsQuery.TryParse(Samples.Message(Question + "0161" + Opt, additional: 1), out _));

    [Fact]
    public void Section_6_1_1_a_query_without_opt_has_none()
    {
        DnsQuery.TryParse(Samples.Message(Question), out DnsQuery query);
        Assert.Null(query.Edns);
    }
}
