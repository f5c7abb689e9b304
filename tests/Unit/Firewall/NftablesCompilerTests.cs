using System.Net;

using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Firewall;
using Net.Firewall.Nftables;

namespace Net.Tests.Unit.Firewall;

public class NftablesCompilerTests
{
    private static readonly BridgePolicy Web = new()
    {
        Owner = OwnerId.Of(NetworkId.Parse(new string('a', 64))),
        Bridge = "br-web",
        IPv4 = IPNetwork.Parse("172.18.0.0/22"),
    };

    [Fact]
    public void A_bridge_is_four_elements() => Assert.Equal(
        """
        inside "br-web" . "br-web" comment "netctl:aaaaaaaaaaaa"
        bridges "br-web" comment "netctl:aaaaaaaaaaaa"
        masqueraded "br-web" comment "netctl:aaaaaaaaaaaa"
        home 172.18.0.0/22 . "br-web" comment "netctl:aaaaaaaaaaaa"
        """,
        Text(Web));

    [Fact]
    public void A_subnet_goes_from_its_first_to_its_last_address()
    {
        NftablesElement home = NftablesCompiler.Compile(Web).Single(element => element.Set == "home");
        const string Name = "62722D77656200000000000000000000";
        Assert.Equal("AC120000" + Name, home.Element.Key);
        Assert.Equal("AC1203FF" + Name, home.Element.KeyEnd);
    }

    [Fact]
    public void An_internal_bridge_is_closed_in_both_families_though_it_has_one() => Assert.Equal(
        [(NftablesTable.IPv4, "inside"), (NftablesTable.IPv4, "internal"), (NftablesTable.IPv6, "inside"), (NftablesTable.IPv6, "internal")],
        NftablesCompiler.Compile(Web with { Internal = true }).Select(element => (element.Table, element.Set)));

    [Theory]
    [InlineData("0.0.0.0", "172.18.0.2", "published_any tcp . 8080 comment \"netctl:eeeeeeeeeeee\" : 172.18.0.2 . 80")]
    [InlineData("192.0.2.1", "172.18.0.2", "published 192.0.2.1 . tcp . 8080 comment \"netctl:eeeeeeeeeeee\" : 172.18.0.2 . 80")]
    [InlineData("::1", "fd00::2", "loopback ::1 . tcp . 8080 comment \"netctl:eeeeeeeeeeee\"")]
    public void A_published_port_is_one_element(string host, string container, string text) => Assert.Equal(text, Text(Port(host, container)));

    [Fact]
    public void A_key_has_the_kernels_bytes() =>
        Assert.Equal(("C0000201" + "06000000" + "1F900000", "AC120002" + "00500000"), Bytes(Port("192.0.2.1", "172.18.0.2")));

    [Fact]
    public void Every_rule_of_a_chain_has_a_comment_of_its_own() => Assert.All(
        NftablesLayout.All,
        layout => Assert.Equal(layout.Rules.Count, layout.Rules.Select(rule => (rule.Chain, rule.Comment)).Distinct().Count()));

    private static (string Key, string? Data) Bytes(FirewallPolicy policy)
    {
        NftablesElement element = Assert.Single(NftablesCompiler.Compile(policy));
        return (element.Element.Key, element.Element.Data);
    }

    private static PublishedPort Port(string host, string container) => new()
    {
        Owner = OwnerId.Of(EndpointId.Parse(new string('e', 64))),
        Bridge = "br-web",
        Protocol = PortProtocol.Tcp,
        HostAddress = IPAddress.Parse(host),
        HostPort = 8080,
        ContainerAddress = IPAddress.Parse(container),
        ContainerPort = 80,
    };

    private static string Text(FirewallPolicy policy) =>
        string.Join('\n', NftablesCompiler.Compile(policy).Select(element => $"{element.Set} {element.ToText()}"));
}
