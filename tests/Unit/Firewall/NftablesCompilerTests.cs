using System.Net;

using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
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
    public void A_bridge_is_five_elements() => Assert.Equal(
        """
        inside "br-web" . "br-web" comment "netctl:aaaaaaaaaaaa"
        bridges "br-web" comment "netctl:aaaaaaaaaaaa"
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
        [
            (NftablesTable.IPv4, "inside"),
            (NftablesTable.IPv4, "internal"),
            (NftablesTable.IPv6, "inside"),
            (NftablesTable.IPv6, "internal"),
        ],
        NftablesCompiler.Compile(Web with { Internal = true }).Select(element => (element.Table, element.Set)));

    [Theory]
    [InlineData("0.0.0.0", "172.18.0.2", "published_any tcp . 8080 comment \"netctl:eeeeeeeeeeee\" : 172.18.0.2 . 80")]
    [InlineData("192.0.2.1", "172.18.0.2", "published 192.0.2.1 . tcp . 8080 comment \"netctl:eeeeeeeeeeee\" : 172.18.0.2 . 80")]
    [InlineData("::1", "fd00::2", "loopback ::1 . tcp . 8080 comment \"netctl:eeeeeeeeeeee\"")]
    public void A_published_port_is_one_element(string host, string container, string text) =>
        Assert.Equal(text, Text(Port(host, container)));

    [Theory]
    [InlineData("0.0.0.0", 8080, "published_any_ranges tcp . 8080-8089 comment \"netctl:eeeeeeeeeeee\" : 172.18.0.2")]
    [InlineData("192.0.2.1", 8080, "published_ranges 192.0.2.1 . tcp . 8080-8089 comment \"netctl:eeeeeeeeeeee\" : 172.18.0.2")]
    public void A_run_of_ports_that_keep_their_numbers_is_one_range(string host, ushort port, string text) =>
        Assert.Equal(text, Text(Port(host, "172.18.0.2") with { ContainerPort = port, Count = 10 }));

    [Fact]
    public void A_run_that_is_shifted_is_an_element_a_port() => Assert.Equal(
        """
        published_any tcp . 8080 comment "netctl:eeeeeeeeeeee" : 172.18.0.2 . 80
        published_any tcp . 8081 comment "netctl:eeeeeeeeeeee" : 172.18.0.2 . 81
        """,
        Text(Port("0.0.0.0", "172.18.0.2") with { Count = 2 }));

    [Fact]
    public void A_run_on_loopback_is_guarded_by_one_range() => Assert.Equal(
        """
        loopback_ranges 127.0.0.1 . tcp . 8080-8081 comment "netctl:eeeeeeeeeeee"
        published 127.0.0.1 . tcp . 8080 comment "netctl:eeeeeeeeeeee" : 172.18.0.2 . 80
        published 127.0.0.1 . tcp . 8081 comment "netctl:eeeeeeeeeeee" : 172.18.0.2 . 81
        """,
        Text(Port("127.0.0.1", "172.18.0.2") with { Count = 2 }));

    [Theory]
    [InlineData(GatewayMode.Nat, "inside bridges bridges masqueraded home")]
    [InlineData(GatewayMode.NatUnprotected, "inside bridges bridges masqueraded unprotected home")]
    [InlineData(GatewayMode.Routed, "inside bridges bridges routed home")]
    [InlineData(GatewayMode.Isolated, "inside internal")]
    public void A_gateway_mode_is_the_sets_that_a_bridge_is_in(GatewayMode mode, string sets) =>
        Assert.Equal(sets, string.Join(' ', NftablesCompiler.Compile(Web with { GatewayModeIPv4 = mode }).Select(element => element.Set)));

    [Fact]
    public void An_address_that_was_asked_for_takes_the_place_of_masquerading() => Assert.Equal(
        "sources \"br-web\" comment \"netctl:aaaaaaaaaaaa\" : 192.0.2.7",
        Text(Web with { SourceIPv4 = IPAddress.Parse("192.0.2.7") }).Split('\n')[3]);

    [Fact]
    public void An_endpoint_is_its_port_and_its_addresses() => Assert.Equal(
        """
        ports "v1" comment "netctl:eeeeeeeeeeee"
        guarded "v1" comment "netctl:eeeeeeeeeeee"
        macs "v1" . 02:42:ac:12:00:02 comment "netctl:eeeeeeeeeeee"
        neighbour_options "v1" . 0x0242ac120002 comment "netctl:eeeeeeeeeeee"
        router_options "v1" . 0x0242ac120002 comment "netctl:eeeeeeeeeeee"
        addresses4 "v1" . 172.18.0.2 comment "netctl:eeeeeeeeeeee"
        addresses6 "v1" . fe80::42:acff:fe12:2 comment "netctl:eeeeeeeeeeee"
        targets "v1" . 0xfe800000000000000042acfffe120002 comment "netctl:eeeeeeeeeeee"
        closed "v1" comment "netctl:eeeeeeeeeeee"
        closed_macs 02:42:ac:12:00:02 comment "netctl:host"
        """,
        Text(Endpoint));

    [Fact]
    public void A_bridge_is_known_where_connections_are_kept() => Assert.Equal(
        [NftablesTable.IPv4, NftablesTable.TrackingIPv4],
        NftablesCompiler.Compile(Web).Where(element => element.Set == "bridges").Select(element => element.Table));

    [Fact]
    public void A_neighbour_on_another_network_is_a_subnet_and_the_container() => Assert.Equal(
        "hairpins 172.19.0.0/24 . 172.18.0.2 comment \"netctl:eeeeeeeeeeee\"",
        Text(new HairpinPolicy
        {
            Owner = Endpoint.Owner,
            Bridge = "br-web",
            ContainerAddress = IPAddress.Parse("172.18.0.2"),
            Subnet = IPNetwork.Parse("172.19.0.0/24"),
        }));

    [Theory]
    [InlineData("172.19.0.2", "others4 \"v1\" . 172.19.0.2 comment \"netctl:eeeeeeeeeeee\"")]
    [InlineData("fd00:19::2", "others6 \"v1\" . fd00:19::2 comment \"netctl:eeeeeeeeeeee\"")]
    public void An_address_on_another_network_is_a_source_and_no_claim(string address, string text) => Assert.Equal(
        text, Text(new SourcePolicy { Owner = Endpoint.Owner, HostLink = "v1", Address = IPAddress.Parse(address) }));

    [Theory]
    [InlineData(false, "0800")]
    [InlineData(true, "86DD")]
    public void A_forwarding_guard_marks_what_stays_in_a_bridge(bool ipv6, string etherType)
    {
        NftablesElement[] elements = [.. NftablesCompiler.Compile(new ForwardingGuard { Owner = OwnerId.Host, IPv6 = ipv6 })];
        Assert.Equal(
            [(ipv6 ? NftablesTable.IPv6 : NftablesTable.IPv4, "strangers"), (NftablesTable.Bridge, "strangers")],
            elements.Select(element => (element.Table, element.Set)));
        Assert.All(elements, element => Assert.Equal(etherType, element.Element.Key));
    }

    [Theory]
    [InlineData(true, new[] { NftablesTable.IPv4, NftablesTable.IPv6 })]
    [InlineData(false, new[] { NftablesTable.IPv4 })]
    public void A_bridge_of_guests_is_an_element_in_each_family(bool ipv6Available, NftablesTable[] tables)
    {
        IReadOnlyList<NftablesElement> elements =
            NftablesCompiler.Compile(new GuestBridge { Owner = OwnerId.Host, Bridge = "docker0" }, ipv6Available);
        Assert.Equal(tables, elements.Select(element => element.Table));
        Assert.All(elements, element => Assert.Equal(("guests", "\"docker0\" comment \"netctl:host\""), (element.Set, element.ToText())));
    }

    [Fact]
    public void An_endpoint_without_anti_spoofing_is_still_no_router() =>
        Assert.Equal(
            ["ports"], NftablesCompiler.Compile(Endpoint with { AntiSpoof = false, InterContainer = true }).Select(element => element.Set));

    [Fact]
    public void A_link_is_known_where_the_host_routes_and_in_the_bridge() => Assert.Equal(
        """
        linked "br-web" . 172.18.0.3 . 172.18.0.2 . tcp . 80 comment "netctl:eeeeeeeeeeee"
        linked4 172.18.0.3 . 172.18.0.2 . tcp . 80 comment "netctl:eeeeeeeeeeee"
        """,
        Text(new LinkPolicy
        {
            Owner = Endpoint.Owner,
            Bridge = "br-web",
            Client = IPAddress.Parse("172.18.0.3"),
            Server = IPAddress.Parse("172.18.0.2"),
            Protocol = PortProtocol.Tcp,
            Port = 80,
        }));

    [Fact]
    public void Without_IPv6_a_trusted_link_is_trusted_by_IPv4()
    {
        var link = new TrustedLink { Owner = Web.Owner, Bridge = "br-web", Link = "eth0" };
        Assert.Equal([NftablesTable.IPv4, NftablesTable.IPv6], NftablesCompiler.Compile(link).Select(element => element.Table));
        Assert.Equal([NftablesTable.IPv4], NftablesCompiler.Compile(link, ipv6Available: false).Select(element => element.Table));
    }

    [Fact]
    public void Every_rule_says_why_in_one_sentence() => Assert.All(
        NftablesLayout.All.SelectMany(layout => layout.Rules),
        rule => Assert.Matches("^[A-Z][^.]*\\.$", rule.Why.Replace("127.0.0.1", "loopback", StringComparison.Ordinal)));

    [Fact]
    public void Every_set_of_the_layout_is_looked_into() => Assert.All(
        NftablesLayout.All,
        layout =>
            Assert.All(
                layout.Sets,
                set =>
                    Assert.Contains(
                        layout.Rules,
                        rule =>
                            rule.Text.Contains($"@{set.Name} ", StringComparison.Ordinal)
                                || rule.Text.EndsWith($"@{set.Name}", StringComparison.Ordinal))));

    [Fact]
    public void A_key_has_the_kernels_bytes() =>
        Assert.Equal(("C0000201" + "06000000" + "1F900000", "AC120002" + "00500000"), Bytes(Port("192.0.2.1", "172.18.0.2")));

    [Fact]
    public void Every_rule_of_a_chain_has_a_comment_of_its_own() => Assert.All(
        NftablesLayout.All,
        layout => Assert.Equal(layout.Rules.Count, layout.Rules.Select(rule => (rule.Chain, rule.Comment)).Distinct().Count()));

    private static EndpointPolicy Endpoint { get; } = new()
    {
        Owner = OwnerId.Of(EndpointId.Parse(new string('e', 64))),
        Bridge = "br-web",
        HostLink = "v1",
        MacAddress = MacAddress.Parse("02:42:ac:12:00:02"),
        IPv4 = IPAddress.Parse("172.18.0.2"),
        InterContainer = false,
    };

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
