using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;

namespace Net.Tests.Unit.Cnm;

public sealed class HostPortPickerTests
{
    private static readonly SandboxId Web = SandboxId.New();

    private readonly HostPortTable _taken = new();

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
        var rules = new HostPortRules { DefaultAddress = IPAddress.Loopback, IPv6 = true };
        Assert.Equal(["127.0.0.1:8080->80/tcp", "192.0.2.1:81->81/tcp"], Shown(Pick(rules, "8080:80", "192.0.2.1:81:81")));
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
        Assert.Equal(clashes, Record.Exception(() => Pick(new HostPortRules { IPv6 = true }, spec)) is CnmException { Kind: CnmErrorKind.Conflict });
    }

    [Fact]
    public void A_port_given_back_can_be_published_again()
    {
        Publish("0.0.0.0", 8080);
        _taken.Remove(Web, Mapping("0.0.0.0", 8080));
        Assert.Single(Pick(new HostPortRules(), "8080:80").Mappings);
    }

    [Fact]
    public void The_same_host_port_for_two_container_ports_is_refused_and_the_same_spec_twice_counts_once()
    {
        CnmException error = Assert.Throws<CnmException>(() => Pick(new HostPortRules(), "8080:80", "127.0.0.1:8080:81"));
        Assert.Equal("port 8080/tcp on 127.0.0.1 is asked for twice; choose another host port for one of them", error.Message);
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
        HostPortChoice choice = Pick(rules, "80-82");
        Assert.Equal([65535, 1, 2], choice.Mappings.Select(m => (int)m.HostPort));
    }

    [Fact]
    public void An_address_of_a_family_the_container_does_not_have_is_refused()
    {
        CnmException error = Assert.Throws<CnmException>(() => Pick(new HostPortRules(), "[::1]:8080:80"));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Equal(
            "container port 80/tcp cannot be published on [::1]: the container has no IPv6 address; publish it on an IPv4 address or use a network with IPv6",
            error.Message);
    }

    private HostPortChoice Pick(HostPortRules rules, params string[] specs) =>
        HostPortPicker.Pick([.. specs.SelectMany(PortSpecParser.Parse)], _taken, rules, id => id == Web ? "web" : "?");

    private void Publish(string address, ushort port) => _taken.Add(Web, Mapping(address, port));

    private static PortMapping Mapping(string address, ushort port) =>
        new() { HostAddress = IPAddress.Parse(address), HostPort = port, ContainerPort = 80, Protocol = PortProtocol.Tcp };

    private static string[] Shown(HostPortChoice choice) =>
        [.. choice.Mappings.Select(m => $"{m.HostAddress}:{m.HostPort}->{m.ContainerPort}/{m.Protocol.ToWord()}")];
}
