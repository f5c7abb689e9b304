using System.Net;
using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Reachability;

/// <summary>Published ports on the host's link-local addresses: served to its neighbours and to itself, closed to internal
/// networks.</summary>
public sealed class LinkLocalTests
{
    private const string OnWire = "fe80::1";

    // The ports of six, which has IPv6, and of four, which has not.
    private static readonly (int Port, string Container)[] Published = [(8080, "six"), (9080, "four")];

    [KernelFact]
    public void Published_ports_are_reached_by_link_local_addresses_with_iptables() => Check("iptables");

    [KernelFact]
    public void Published_ports_are_reached_by_link_local_addresses_with_nftables() => Check("nftables");

    private static void Check(string backend)
    {
        using var town = Town.Create(backend);
        town.Host.Shell($"ip address add {OnWire}/64 dev lan nodad; ip -n outside address add fe80::2/64 dev lan nodad");
        Network(town, "a", 18, "--ipv6");
        Network(town, "i", 20, "--ipv6", "--internal");
        Network(town, "b", 19);
        town.Container(
            "six", "--network", "a", "-p", "8080:80", "-p", "8080:80/udp", "-p", "[2001:db8::1]:8081:80", "-p",
            "[2001:db8::1]:8081:80/udp");
        town.Container("four", "--network", "b", "-p", "9080:80", "-p", "9080:80/udp");
        town.Container("neighbour", "--network", "a");
        town.Container("inside", "--network", "i");
        foreach (string protocol in (string[])["tcp", "udp"])
        {
            town.Serve("six", protocol, 80);
            town.Serve("four", protocol, 80);
            town.Serve("host", protocol, 7070);
        }

        foreach (string place in (string[])["host", "neighbour", "inside"])
        {
            TestHost.Eventually($"{place} has probed its addresses", () => Run(town, place, "ip -6 address show tentative").Length == 0);
        }

        // By the wire: from outside, and from the host itself. By a bridge: the neighbours on it are served where its network is open;
        // those on an internal network reach what the host itself serves (which shows that the way is there), and no published port.
        AssertPorts(town, "out", OnWire, "lan", isServed: true);
        AssertPorts(town, "host", OnWire, "lan", isServed: true);
        AssertPorts(town, "neighbour", LinkLocal(town, "br-a"), "eth0", isServed: true);
        AssertPorts(town, "host", LinkLocal(town, "br-a"), "br-a", isServed: true);
        AssertPorts(town, "inside", LinkLocal(town, "br-i"), "eth0", isServed: false);
        AssertPorts(town, "host", LinkLocal(town, "br-i"), "br-i", isServed: true);

        // A neighbour without another address than its link-local one asks any address of the host.
        town.Host.Shell("ip -n outside address del 2001:db8::2/64 dev lan; ip -n outside route add 2001:db8::/64 dev lan");
        AssertAnswer("six", town, "out", "2001:db8::1", 8080);
        AssertAnswer("six", town, "out", "2001:db8::1", 8081); // published on this address alone
        AssertAnswer("four", town, "out", "2001:db8::1", 9080);
        Assert.Equal(0, town.Host.Netctl("doctor").ExitCode);
    }

    private static void AssertPorts(Town town, string from, string address, string link, bool isServed)
    {
        string scoped = $"{address}%{IndexOf(town, from, link)}";
        AssertAnswer("host", town, from, scoped, 7070);
        foreach ((int port, string container) in Published)
        {
            AssertAnswer(isServed ? container : null, town, from, scoped, port);
        }
    }

    private static void AssertAnswer(string? container, Town town, string from, string address, int port)
    {
        foreach (string protocol in (string[])["tcp", "udp"])
        {
            var target = new IPEndPoint(IPAddress.Parse(address), port);
            string? answer = Assert.Single(Probe.RunAll([new Probe(town.PlaceOf(from), protocol, target)]));
            Assert.True(
                answer?.Split(' ')[0] == container,
                $"{from} to {protocol} {target}: {answer ?? "no answer"}, instead of {container ?? "no answer"}");
        }
    }

    private static void Network(Town town, string name, int number, params string[] flags) => town.Host.NetctlOk(
        ["network", "create", "--subnet", $"172.{number}.0.0/24", "-o", $"com.docker.network.bridge.name=br-{name}", .. flags, name]);

    private static string LinkLocal(Town town, string bridge)
    {
        using var links = JsonDocument.Parse(Run(town, "host", $"ip -j -6 address show dev {bridge}"));
        return links.RootElement[0].GetProperty("addr_info").EnumerateArray()
            .Select(address => address.GetProperty("local").GetString()!)
            .First(address => address.StartsWith("fe80:", StringComparison.Ordinal));
    }

    private static int IndexOf(Town town, string place, string link)
    {
        using var links = JsonDocument.Parse(Run(town, place, "ip -j -6 address show"));
        return links.RootElement.EnumerateArray().First(found => found.GetProperty("ifname").GetString() == link)
            .GetProperty("ifindex").GetInt32();
    }

    private static string Run(Town town, string place, string command) => place switch
    {
        "host" => town.Host.Shell(command),
        "out" => town.Host.Shell($"ip netns exec outside {command}"),
        _ => town.Host.NetctlOk(["exec", place, .. command.Split(' ')]),
    };
}
