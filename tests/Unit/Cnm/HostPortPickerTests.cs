using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;

namespace Net.Tests.Unit.Cnm;

public sealed class HostPortPickerTests
{
    private static readonly SandboxId Web = SandboxId.New();

    private HostPortTable _taken = HostPortTable.Empty;

    [Fact]
    public void Without_an_address_a_port_is_published_on_all_addresses_of_the_containers_families()
    {
        Assert.Equal(["0.0.0.0:8080->80/tcp"], Shown(Pick(new HostPortRules(), "8080:80")));
        Assert.Equal(["0.0.0.0:8080->80/tcp", ":::8080->80/tcp"], Shown(Pick(new HostPortRules { IPv6 = true }, "8080:80")));
        Assert.Equal([":::8080->80/tcp"], Shown(Pick(new HostPortRules { IPv4 = false, IPv6 = true }, "8080:80")));
    }

    [Fact]
    public void The_networks_binding_stands_in_for_an_address_that_was_not_named()
    {
        var rules = new HostPortRules { DefaultAddresses = [IPAddress.Loopback], IPv6 = true };
        Assert.Equal(["127.0.0.1:8080->80/tcp", "192.0.2.1:81->81/tcp"], Shown(Pick(rules, "8080:80", "192.0.2.1:81:81")));
    }

    [Theory]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("255.255.255.255")]
    [InlineData("ff02::1")]
    [InlineData("fe80::1")]
    public void An_address_that_no_packet_to_one_container_can_have_is_refused(string address)
    {
        IPAddress parsed = IPAddress.Parse(address);
        string shown = parsed.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? address : $"[{address}]";
        CnmException named = Assert.Throws<CnmException>(() => Pick(new HostPortRules { IPv6 = true }, $"{shown}:8080:80"));
        Assert.Equal(CnmErrorKind.InvalidParameter, named.Kind);
        Assert.StartsWith($"container port 80/tcp cannot be published on {shown}: ", named.Message, StringComparison.Ordinal);
        CnmException binding =
            Assert.Throws<CnmException>(() => Pick(new HostPortRules { DefaultAddresses = [parsed], IPv6 = true }, "8080:80"));
        Assert.Equal(named.Message, binding.Message);
    }

    [Fact]
    public void The_broadcast_address_of_a_subnet_that_the_host_is_on_is_refused()
    {
        IPAddress broadcast = IPAddress.Parse("192.0.2.255");
        var rules = new HostPortRules { BroadcastAddresses = new HashSet<IPAddress> { broadcast } };
        CnmException named = Assert.Throws<CnmException>(() => Pick(rules, "192.0.2.255:8080:80"));
        Assert.Equal(
            "container port 80/tcp cannot be published on 192.0.2.255: it is all hosts of a subnet that this host is on, not an address " +
            "of this one; publish it on another address of this host",
            named.Message);
        Assert.Equal(CnmErrorKind.InvalidParameter, named.Kind);
        CnmException binding =
            Assert.Throws<CnmException>(() => Pick(rules with { DefaultAddresses = [broadcast] }, "8080:80"));
        Assert.Equal(named.Message, binding.Message);
        Assert.Single(Pick(rules, "192.0.2.254:8080:80").Mappings);
    }

    [Fact]
    public void A_port_another_container_has_is_refused_with_its_name()
    {
        Publish("0.0.0.0", 8080);
        CnmException error = Assert.Throws<CnmException>(() => Pick(new HostPortRules(), "8080:80"));
        Assert.Equal("port 8080/tcp on 0.0.0.0 is already published by container \"web\"; choose another host port", error.Message);
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
    }

    [Theory]
    [InlineData("0.0.0.0", "192.0.2.1:8080:80", true)]
    [InlineData("192.0.2.1", "8080:80", true)]
    [InlineData("192.0.2.1", "192.0.2.1:8080:80", true)]
    [InlineData("192.0.2.1", "192.0.2.2:8080:80", false)]
    [InlineData("0.0.0.0", "8080:80/udp", false)]
    [InlineData("0.0.0.0", "8081:80", false)]
    [InlineData("::", "[2001:db8::1]:8080:80", true)]
    [InlineData("::", "0.0.0.0:8080:80", false)]
    public void All_addresses_clash_with_each_one_of_the_same_family_port_and_protocol(string taken, string spec, bool clashes)
    {
        Publish(taken, 8080);
        Assert.Equal(
            clashes, Record.Exception(() => Pick(new HostPortRules { IPv6 = true }, spec)) is CnmException { Kind: CnmErrorKind.Conflict });
    }

    [Fact]
    public void A_port_given_back_can_be_published_again()
    {
        Publish("0.0.0.0", 8080);
        _taken = _taken.Without(Web, Mapping("0.0.0.0", 8080));
        Assert.Single(Pick(new HostPortRules(), "8080:80").Mappings);
    }

    [Fact]
    public void The_same_host_port_for_two_container_ports_is_refused_and_the_same_spec_twice_counts_once()
    {
        CnmException error = Assert.Throws<CnmException>(() => Pick(new HostPortRules(), "8080:80", "127.0.0.1:8080:81"));
        Assert.Equal(
            "host port 8080/tcp is asked for twice, by \"8080:80/tcp\" and \"127.0.0.1:8080:81/tcp\"; choose another host port for one " +
            "of them",
            error.Message);
        Assert.Single(Pick(new HostPortRules(), "8080:80", "8080:80").Mappings);
    }

    [Fact]
    public void A_picked_port_is_the_same_for_both_families_and_free_in_both()
    {
        Publish("::", 40000);
        var rules = new HostPortRules { IPv6 = true, First = 40000, Last = 40010 };
        Assert.Equal(["0.0.0.0:40001->80/tcp", ":::40001->80/tcp"], Shown(Pick(rules, "80")));
    }

    [Fact]
    public void Picking_passes_over_reserved_taken_and_asked_for_ports_and_goes_on_from_the_cursor()
    {
        Publish("0.0.0.0", 40001);
        var rules = new HostPortRules { First = 40000, Last = 40005, Reserved = new HashSet<ushort> { 40002 }, Cursor = 40001 };
        HostPortChoice choice = Pick(rules, "80", "81", "40003:82", "83");
        Assert.Equal([40004, 40005, 40003, 40000], choice.Mappings.Select(m => (int)m.HostPort));
        Assert.Equal(40001, choice.NextCursor);
    }

    [Fact]
    public void A_full_range_is_told_with_its_ends_and_a_way_out()
    {
        Publish("0.0.0.0", 40000);
        CnmException error = Assert.Throws<CnmException>(() => Pick(new HostPortRules { First = 40000, Last = 40000 }, "80"));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Contains("from 40000 to 40000", error.Message, StringComparison.Ordinal);
        Assert.Contains("--port-range", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_number_space_can_be_the_range()
    {
        var rules = new HostPortRules { First = 1, Last = 65535, Cursor = 65535 };
        HostPortChoice choice = Pick(rules, "80", "81", "82");
        Assert.Equal([65535, 1, 2], choice.Mappings.Select(m => (int)m.HostPort));
    }

    [Fact]
    public void An_IPv4_address_of_a_container_without_IPv4_is_refused()
    {
        CnmException error = Assert.Throws<CnmException>(() => Pick(new HostPortRules { IPv4 = false, IPv6 = true }, "127.0.0.1:8080:80"));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Equal(
            "container port 80/tcp cannot be published on 127.0.0.1: the container has no IPv4 address; publish it on an IPv6 address or " +
            "use a network with IPv4",
            error.Message);
    }

    [Fact]
    public void A_run_of_ports_is_one_mapping_a_family_and_names_what_it_clashes_with()
    {
        Assert.Equal(
            ["0.0.0.0:8000-8010->80-90/tcp", ":::8000-8010->80-90/tcp"], Shown(Pick(new HostPortRules { IPv6 = true }, "8000-8010:80-90")));

        Publish("192.0.2.1", 8005);
        Assert.Equal(
            "port 8005/tcp on 0.0.0.0 is already published by container \"web\"; choose another host port",
            Assert.Throws<CnmException>(() => Pick(new HostPortRules(), "8000-8010:80-90")).Message);
        Assert.Equal(
            "host port 8105-8110/tcp is asked for twice, by \"8100-8110:80-90/tcp\" and \"8105-8115:1-11/tcp\"; choose another host port " +
            "for one of them",
            Assert.Throws<CnmException>(() => Pick(new HostPortRules(), "8100-8110:80-90", "8105-8115:1-11")).Message);
    }

    [Fact]
    public void A_run_without_host_ports_gets_consecutive_ones_around_what_is_taken_and_reserved()
    {
        Publish("0.0.0.0", 40002);
        var rules = new HostPortRules { First = 40000, Last = 40019, Reserved = new HashSet<ushort> { 40006 }, Cursor = 40001 };
        HostPortChoice choice = Pick(rules, "80-83");
        Assert.Equal(["0.0.0.0:40007-40010->80-83/tcp"], Shown(choice));
        Assert.Equal(40011, choice.NextCursor);
    }

    [Fact]
    public void A_run_is_picked_one_by_one_where_no_such_run_is_free()
    {
        Publish("0.0.0.0", 40001);
        Publish("0.0.0.0", 40003);
        var rules = new HostPortRules { First = 40000, Last = 40004 };
        Assert.Equal(["0.0.0.0:40000->80/tcp", "0.0.0.0:40002->81/tcp", "0.0.0.0:40004->82/tcp"], Shown(Pick(rules, "80-82")));

        CnmException error = Assert.Throws<CnmException>(() => Pick(rules, "80-83"));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.StartsWith("not enough host ports are free for container ports 80-83/tcp: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_may_end_where_the_picking_began()
    {
        var rules = new HostPortRules { First = 40000, Last = 40009, Cursor = 40008 };
        Assert.Equal(["0.0.0.0:40000-40008->1-9/tcp"], Shown(Pick(rules, "1-9")));
    }

    [Fact]
    public void Of_a_host_range_for_one_port_the_first_free_is_taken_and_others_are_passed_over_when_told_so()
    {
        Publish("0.0.0.0", 8000);
        Assert.Equal(["0.0.0.0:8001->80/tcp"], Shown(Pick(new HostPortRules(), "8000-8010:80")));
        Assert.Equal(["0.0.0.0:8003->80/tcp"], Shown(Pick(new HostPortRules { PassOver = 2 }, "8000-8010:80")));
        Assert.Equal(["0.0.0.0:8002->80/tcp", "0.0.0.0:8001->81/tcp"], Shown(Pick(new HostPortRules(), "8000-8010:80", "8001:81")));

        CnmException error = Assert.Throws<CnmException>(() => Pick(new HostPortRules(), "8000-8000:80", "7999-8000:81", "7999-8000:82"));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        error = Assert.Throws<CnmException>(() => Pick(new HostPortRules(), "7999-8000:81", "7999-8000:82"));
        Assert.Equal(
            "no host port is free for container port 82/tcp: all from 7999 to 8000 are published or reserved; give a larger range of " +
            "host ports",
            error.Message);
    }

    [Fact]
    public void More_ports_than_there_are_are_refused()
    {
        CnmException error = Assert.Throws<CnmException>(() => Pick(new HostPortRules(), "127.0.0.1:1-65535:1-65535", "127.0.0.2:1:1"));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Equal("a container cannot publish 65536 ports: 65535 are the most; publish fewer", error.Message);
        Assert.Single(Pick(new HostPortRules(), "127.0.0.1:1-65535:1-65535").Mappings);
    }

    [Theory]
    [InlineData("8080:80", "0.0.0.0:8080->80/tcp", ":::8080->80/tcp forwarder")]
    [InlineData("8080:80/udp", "0.0.0.0:8080->80/udp", ":::8080->80/udp forwarder")]
    [InlineData("8080:80/sctp", "0.0.0.0:8080->80/sctp")]
    [InlineData("0.0.0.0:8080:80", "0.0.0.0:8080->80/tcp")]
    [InlineData("[::]:8080:80", ":::8080->80/tcp forwarder")]
    [InlineData("[2001:db8::1]:8080:80", "2001:db8::1:8080->80/tcp forwarder")]
    public void IPv6_of_a_container_without_it_is_forwarded(string spec, params string[] mappings) =>
        Assert.Equal(mappings, Shown(Pick(new HostPortRules { HostIPv6 = true }, spec)));

    [Theory]
    [InlineData("[2001:db8::1]:8080:80", "2001:db8::1:8080->80/tcp")]
    [InlineData("[::1]:8080:80", "::1:8080->80/tcp forwarder")]
    [InlineData("[::]:8080:80/sctp", ":::8080->80/sctp")]
    public void IPv6_of_a_container_with_it_is_translated_but_on_loopback(string spec, string mapping) =>
        Assert.Equal([mapping], Shown(Pick(new HostPortRules { IPv6 = true, HostIPv6 = true }, spec)));

    [Theory]
    [InlineData(
        false, true, "[::1]:80:80/sctp", CnmErrorKind.InvalidParameter,
        "the container has no IPv6 address and SCTP is not forwarded; publish it on an IPv4 address or use a network with IPv6")]
    [InlineData(
        true, true, "[::1]:80:80/sctp", CnmErrorKind.InvalidParameter,
        "the kernel does not route ::1 and SCTP is not forwarded; publish it on another address")]
    [InlineData(
        false, false, "[::1]:80:80", CnmErrorKind.Unavailable,
        "this kernel has no IPv6; publish it on an IPv4 address, or boot without ipv6.disable=1")]
    public void An_IPv6_address_that_nothing_can_serve_is_refused(bool ipv6, bool hostIPv6, string spec, CnmErrorKind kind, string why)
    {
        CnmException error = Assert.Throws<CnmException>(() => Pick(new HostPortRules { IPv6 = ipv6, HostIPv6 = hostIPv6 }, spec));
        Assert.Equal(kind, error.Kind);
        Assert.EndsWith($" cannot be published on [::1]: {why}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, false, "8080:80", "0.0.0.0:0->80/tcp routing")]
    [InlineData(true, false, true, "127.0.0.1:8080-8090:80", "0.0.0.0:0->80/tcp routing")]
    [InlineData(true, true, true, "80-90", "0.0.0.0:0->80-90/tcp routing", ":::0->80-90/tcp routing")]
    [InlineData(false, true, true, "8080:80", "0.0.0.0:8080->80/tcp", ":::0->80/tcp routing")]
    [InlineData(false, true, true, "[2001:db8::1]:8080:80", ":::0->80/tcp routing")]
    public void A_routed_family_takes_no_host_port(bool routedIPv4, bool routedIPv6, bool ipv6, string spec, params string[] mappings)
    {
        Publish("127.0.0.1", 8085);
        var rules = new HostPortRules { IPv6 = ipv6, HostIPv6 = true, RoutedIPv4 = routedIPv4, RoutedIPv6 = routedIPv6 };
        Assert.Equal(mappings, Shown(Pick(rules, spec, spec)));
    }

    private HostPortChoice Pick(HostPortRules rules, params string[] specs) =>
        HostPortPicker.Pick([.. specs.Select(PortSpecParser.Parse)], _taken, rules, id => id == Web ? "web" : "?");

    private void Publish(string address, ushort port) => _taken = _taken.With(Web, Mapping(address, port));

    private static PortMapping Mapping(string address, ushort port) =>
        new() { HostAddress = IPAddress.Parse(address), HostPort = port, ContainerPort = 80, Protocol = PortProtocol.Tcp };

    private static string[] Shown(HostPortChoice choice) =>
    [
        .. choice.Mappings.Select(m =>
            $"{m.HostAddress}:{PortRunText.Of(m.HostPort, m.HostPort + (m.Delivery == PortDelivery.Routing ? 0 : m.Count - 1))}"
            + $"->{PortRunText.Of(m.ContainerPort, m.ContainerPort + m.Count - 1)}/{m.Protocol.ToWord()}"
            + (m.Delivery switch { PortDelivery.Forwarder => " forwarder", PortDelivery.Routing => " routing", _ => "" })),
    ];
}
