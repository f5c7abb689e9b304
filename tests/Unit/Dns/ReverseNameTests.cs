using System.Net;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns;

/// <summary>RFC 1035 3.5 (in-addr.arpa) and RFC 3596 2.5 (ip6.arpa).</summary>
public sealed class ReverseNameTests
{
    [Theory]
    [InlineData("192.0.2.7", "7.2.0.192.in-addr.arpa")]
    [InlineData("0.0.0.0", "0.0.0.0.in-addr.arpa")]
    [InlineData("255.255.255.255", "255.255.255.255.in-addr.arpa")]
    [InlineData("2001:db8::567:89ab", "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public void An_address_and_its_name_lead_to_one_another(string address, string name)
    {
        Assert.Equal(name, ReverseName.FromAddress(IPAddress.Parse(address)).ToString());
        Assert.True(ReverseName.TryGetAddress(DnsName.Parse(name.ToUpperInvariant()), out IPAddress? back));
        Assert.Equal(IPAddress.Parse(address), back);
    }

    [Theory]
    [InlineData("2.0.192.in-addr.arpa")]
    [InlineData("1.7.2.0.192.in-addr.arpa")]
    [InlineData("07.2.0.192.in-addr.arpa")]
    [InlineData("256.2.0.192.in-addr.arpa")]
    [InlineData("-1.2.0.192.in-addr.arpa")]
    [InlineData("+1.2.0.192.in-addr.arpa")]
    [InlineData("a.2.0.192.in-addr.arpa")]
    [InlineData("7.2.0.192.in-addr.example")]
    [InlineData("b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.2.ip6.arpa")]
    [InlineData("g.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    [InlineData("in-addr.arpa")]
    [InlineData(".")]
    public void Other_names_are_no_addresses(string name) => Assert.False(ReverseName.TryGetAddress(DnsName.Parse(name), out _));
}
