using System.Net;
using System.Text.Json;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Networks of Docker Engine that our driver makes, with our IPAM driver and with the Engine's: what the containers on them get,
/// and whom they reach.</summary>
public sealed class EngineNetworkTests(EngineTown town) : IClassFixture<EngineTown>, IDisposable
{
    [ProgramFact(DockerDaemon.Program)]
    public void Subnet_range_gateway_and_addresses_are_those_that_were_asked_for_with_our_IPAM() =>
        CheckAddresses("--ipam-driver", "netctl");

    [ProgramFact(DockerDaemon.Program)]
    public void Subnet_range_gateway_and_addresses_are_those_that_were_asked_for_with_the_engines_IPAM() => CheckAddresses();

    [ProgramFact(DockerDaemon.Program)]
    public void A_network_without_a_subnet_gets_one_of_each_family_from_our_IPAM()
    {
        town.Network("front", "--ipam-driver", "netctl", "--ipv6");
        town.Network("back", "--ipam-driver", "netctl", "--ipv6");
        IPNetwork[] subnets = [.. Subnets("front"), .. Subnets("back")];
        Assert.Equal(4, subnets.Distinct().Count());
        var uniqueLocal = IPNetwork.Parse("fd00::/8"); // RFC 4193 3.1
        Assert.All([subnets[1], subnets[3]], subnet => Assert.True(uniqueLocal.Contains(subnet.BaseAddress), subnet.ToString()));

        town.Container("a1", "--network", "front");
        string address = town.EndpointField("a1", "front", "GlobalIPv6Address");
        Assert.True(subnets[1].Contains(IPAddress.Parse(address)), address);
        Assert.Contains(address, AddressesIn("a1"));

        // IPAM has handed both out: neither a network of netctl's own nor another of the Engine's gets them.
        foreach (string subnet in subnets.Select(subnet => subnet.ToString()))
        {
            Assert.Contains("overlaps", town.Host.Netctl("network", "create", "--ipv6", "--subnet", subnet, "own").StandardError,
                StringComparison.Ordinal);
        }
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_container_reaches_out_by_both_families_and_its_neighbours_by_name()
    {
        town.Network("front", "--ipv6", "--subnet", "172.30.0.0/24", "--subnet", "fd00:30::/64");
        town.Container("a1", "--network", "front", "--network-alias", "shop", "--network-alias", "store");
        town.Container("b1", "--network", "front", "--link", "a1:linked");
        town.Serve("a1", "tcp", 80);
        town.Serve("out", "tcp", 7000);
        town.AssertReach(
            """
                                         out  host  a1   b1
            tcp 172.30.0.2:80       a1   no   own   own  own
            tcp [fd00:30::2]:80     a1   no   own   own  own
            tcp 192.0.2.2:7000      out  own  own   nat  nat
            tcp [2001:db8::2]:7000  out  own  own   nat  nat
            """);
        Assert.All((string[])["a1", "shop", "store", "linked"], name => Assert.Equal("172.30.0.2", town.Resolve("b1", name)));
        Assert.Equal("fd00:30::2", town.Resolve("b1", "a1", "AAAA"));
        Assert.Equal("", town.Resolve("a1", "linked")); // a link is a name for the one that linked
    }

    [ProgramFact(DockerDaemon.Program)]
    public void An_internal_network_has_no_way_in_and_none_out()
    {
        town.Network("front", "--subnet", "172.30.0.0/24");
        town.Network("inside", "--internal", "--ipv6", "--subnet", "172.31.0.0/24", "--subnet", "fd00:31::/64");
        town.Container("f1", "--network", "front");
        town.Container("a1", "--network", "inside", "-p", "8080:80");
        town.Container("b1", "--network", "inside");
        town.Serve("a1", "tcp", 80);
        town.Serve("a1", "udp", 80);
        town.Serve("out", "tcp", 7000);
        Assert.DoesNotContain("default", town.In("a1", "ip route; ip -6 route"), StringComparison.Ordinal);

        // A container that gives itself a route does not get out either.
        town.In("b1", "ip route add default via 172.31.0.1");
        town.AssertReach(
            """
                                         out  host  f1   a1   b1
            tcp 172.31.0.2:80       a1   no   own   no   own  own
            tcp [fd00:31::2]:80     a1   no   own   no   own  own
            udp 172.31.0.2:80       a1   no   own   no   own  own
            tcp 192.0.2.1:8080      a1   no   no    no   no   no
            tcp [2001:db8::1]:8080  a1   no   no    no   no   no
            tcp 192.0.2.2:7000      out  own  own   nat  no   no
            tcp [2001:db8::2]:7000  out  own  own   .    no   no
            """);
        Assert.Equal("172.31.0.3", town.Resolve("a1", "b1"));
        Assert.Equal("", town.Ports("a1", "inside"));
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_network_that_cannot_be_is_refused_in_a_sentence_and_leaves_nothing()
    {
        town.Network("front", "--ipam-driver", "netctl", "--subnet", "172.30.0.0/24");
        (string[] Flags, string Words)[] refused =
        [
            (["--ipam-driver", "netctl", "--subnet", "172.30.0.0/25"], "subnet 172.30.0.0/25 overlaps 172.30.0.0/24"),
            (["--ipam-driver", "netctl", "--subnet", "172.30.0.0/24"], "172.30.0.0/24"),
            (["--subnet", "172.30.0.0/24"], "172.30.0.0/24"),
            (["--ipam-driver", "netctl", "--subnet", "192.0.2.0/25"], "overlaps 192.0.2.0/24, which the host is on by lan"),
            (["--subnet", "192.0.2.0/25"], "overlaps 192.0.2.0/24, which the host is on by lan"),
            (["--ipam-driver", "netctl", "--subnet", "172.31.0.0/24", "--gateway", "172.31.0.0"], "172.31.0.0"),
            (["--ipam-driver", "netctl", "--subnet", "172.31.0.0/24", "--gateway", "172.31.0.9", "--aux-address", "x=172.31.0.9"],
                "172.31.0.9"),
        ];
        string links = town.Host.Shell("ip -br link | awk '{print $1}'");
        foreach ((string[] flags, string words) in refused)
        {
            string told = town.Refused(["network", "create", "-d", "netctl", .. flags, "bad"]);
            Assert.Contains(words, told, StringComparison.Ordinal);
            Assert.Single(told.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal(links, town.Host.Shell("ip -br link | awk '{print $1}'"));
            Assert.DoesNotContain("bad", town.NetworkNames());
        }

        // What was refused holds no subnet.
        town.Host.NetctlOk("network", "create", "--subnet", "172.31.0.0/24", "own");
        town.Host.NetctlOk("network", "rm", "own");
    }

    [ProgramFact(DockerDaemon.Program)]
    public void An_address_that_is_taken_is_refused_in_a_sentence_and_leaves_nothing()
    {
        town.Network("front", "--ipam-driver", "netctl", "--subnet", "172.30.0.0/24");
        town.Network("plain", "--subnet", "172.31.0.0/24");
        town.Container("a1", "--network", "front", "--ip", "172.30.0.7", "--mac-address", "02:11:22:33:44:55");
        string gatewayMac = town.Ip($"link show br-{town.Ok("network", "inspect", "-f", "{{.Id}}", "plain")[..12]}")[0]
            .GetProperty("address").GetString()!;
        foreach ((string[] flags, string words) in ((string[], string)[])
            [
                (["--network", "front", "--ip", "172.30.0.7"], "in use"),
                (["--network", "front", "--ip", "172.30.0.1"], "in use"),
                (["--network", "front", "--mac-address", "02:11:22:33:44:55"], "MAC address 02:11:22:33:44:55 is already in use"),
                (["--network", "plain", "--mac-address", gatewayMac], "by its gateway"),
                (["--network", "plain", "--mac-address", "03:11:22:33:44:55"], "group address"),
            ])
        {
            Assert.Contains(
                words,
                town.Refused(["run", "--name", "bad", .. flags, DockerDaemon.Image, "true"]),
                StringComparison.Ordinal);
            town.Ok("rm", "-f", "bad");
            Assert.Single(town.Host.NetctlOk("ps", "-aq").Split('\n'));
        }

        Assert.Single(Veths());
    }

    private void CheckAddresses(params string[] ipam)
    {
        string id = town.Network(
            "front",
            [
                .. ipam, "--subnet", "172.30.0.0/24", "--ip-range", "172.30.0.128/25", "--gateway", "172.30.0.9",
                "--aux-address", "x=172.30.0.128",
            ]);
        Assert.Equal(["172.30.0.9/24"], AddressesOf(town.Ip($"address show br-{id[..12]}"), ipv6: false, withLength: true));
        town.Container("a1", "--network", "front");
        town.Container("b1", "--network", "front", "--ip", "172.30.0.44", "--mac-address", "02:11:22:33:44:55");
        foreach ((string name, string address) in ((string, string)[])[("a1", "172.30.0.129"), ("b1", "172.30.0.44")])
        {
            Assert.Equal(address, town.EndpointField(name, "front", "IPAddress"));
            Assert.Equal("24", town.EndpointField(name, "front", "IPPrefixLen"));
            Assert.Equal("172.30.0.9", town.EndpointField(name, "front", "Gateway"));
            Assert.Contains(address, AddressesIn(name));
            Assert.Contains("default via 172.30.0.9 dev eth0", town.In(name, "ip route"), StringComparison.Ordinal);
            string mac = town.IpIn(name, "link show eth0")[0].GetProperty("address").GetString()!;
            Assert.Equal(mac, town.EndpointField(name, "front", "MacAddress"));

            // Nobody has to ask for it, and nobody can say that it is another's.
            Assert.Contains(
                $"{address} dev br-{id[..12]} lladdr {mac}", town.Host.Shell("ip neighbour show nud permanent"), StringComparison.Ordinal);
        }

        Assert.Equal("02:11:22:33:44:55", town.EndpointField("b1", "front", "MacAddress"));
        town.Serve("b1", "tcp", 80);
        town.AssertReach(
            """
                                    host  a1
            tcp 172.30.0.44:80  b1  own   own
            """);
        Assert.Equal(2, Veths().Count);
        Assert.Equal(2, town.Host.NetctlOk("ps", "-q").Split('\n').Length);
        Assert.Contains("172.30.0.129/24", town.Host.NetctlOk("network", "inspect", $"engine-{id[..12]}"), StringComparison.Ordinal);
    }

    private IPNetwork[] Subnets(string network) =>
    [
        .. town.Ok("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Subnet}} {{end}}", network)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => IPNetwork.Parse(text)),
    ];

    private IReadOnlyList<string> AddressesIn(string container) =>
    [
        .. AddressesOf(town.IpIn(container, "address show eth0"), ipv6: false),
        .. AddressesOf(town.IpIn(container, "address show eth0"), ipv6: true),
    ];

    private IReadOnlyList<string> Veths() =>
    [
        .. town.Ip("link").EnumerateArray().Select(link => link.GetProperty("ifname").GetString()!)
            .Where(name => name.StartsWith("veth", StringComparison.Ordinal)),
    ];

    private static IReadOnlyList<string> AddressesOf(JsonElement links, bool ipv6, bool withLength = false) =>
    [
        .. links.EnumerateArray().SelectMany(link => link.GetProperty("addr_info").EnumerateArray())
            .Where(address => address.GetProperty("family").GetString() == (ipv6 ? "inet6" : "inet"))
            .Select(address => address.GetProperty("local").GetString()! + (withLength ? $"/{address.GetProperty("prefixlen")}" : "")),
    ];

    public void Dispose() => town.AssertNothingIsLeft();
}
