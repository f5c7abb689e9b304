using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Reachability;

/// <summary>A container on several networks: its ports are published by one, and reached by its neighbours on the others, by outside and by
/// itself.</summary>
public sealed class SeveralNetworksTests
{
    // t1 is on networks one (its way out), two and r, which is routed. n1 and n2 are its neighbours, s3 is on a network that it is not on.
    private const string Table =
        """
                                          out   host  t1    n1    n2    s3
        tcp 192.0.2.1:8080         t1     own   own   nat   nat   nat   own   # by the host's address
        tcp 172.18.0.1:8080        t1     own   own   nat   nat   nat   own   # by the gateway of the network that publishes
        tcp 172.19.0.1:8080        t1     own   own   nat   nat   nat   own   # by that of the other
        tcp 172.22.0.1:8080        t1     own   own   nat   nat   nat   own
        tcp [2001:db8::1]:8080     t1     own   own   nat   nat   nat   own
        tcp [fd00:18::1]:8080      t1     own   own   nat   nat   nat   own
        tcp [fd00:19::1]:8080      t1     own   own   nat   nat   nat   own
        udp 192.0.2.1:8080         t1     own   own   nat   nat   nat   own
        udp 172.19.0.1:8080        t1     own   own   nat   nat   nat   own
        udp [fd00:19::1]:8080      t1     own   own   nat   nat   nat   own

        tcp 172.22.0.2:80          t1     own   own   own   own   own   own   # routed: open on its own address, though not the way out
        tcp 172.22.0.2:81          t1     no    own   own   no    no    no
        tcp [fd00:22::2]:80        t1     own   own   own   own   own   own
        tcp [fd00:22::2]:81        t1     no    own   own   no    no    no
        udp 172.22.0.2:83          t1     own   own   own   own   own   own
        tcp 172.22.0.2:82          t1     no    own   own   no    no    no    # published on loopback only
        tcp 172.18.0.2:80          t1     no    own   own   own   no    no
        tcp 172.19.0.2:80          t1     no    own   own   no    own   no
        """;

    [KernelFact]
    public void A_published_port_is_reached_from_all_of_them_with_iptables() => Check("iptables");

    [KernelFact]
    public void A_published_port_is_reached_from_all_of_them_with_nftables() => Check("nftables");

    private static void Check(string backend)
    {
        using var town = Town.Create(backend);
        Network(town, "one", 18);
        Network(town, "two", 19);
        Network(town, "three", 20);
        Network(
            town, "r", 22, "-o", "com.docker.network.bridge.gateway_mode_ipv4=routed", "-o",
            "com.docker.network.bridge.gateway_mode_ipv6=routed");
        town.Container("t1", "--network", "one", "-p", "8080:80", "-p", "8080:80/udp", "-p", "127.0.0.1:8082:82", "-p", "8083:83/udp");
        town.Host.NetctlOk("network", "connect", "two", "t1");
        town.Host.NetctlOk("network", "connect", "r", "t1");
        town.Container("n1", "--network", "one");
        town.Container("n2", "--network", "two");
        town.Container("s3", "--network", "three");
        town.Serve("t1", "tcp", 80, 81, 82);
        town.Serve("t1", "udp", 80);
        town.ServeOn("t1", "udp", "172.22.0.2", 83); // so that it answers from there
        foreach (string place in (string[])["t1", "n1", "n2"])
        {
            // What is resolved without the host needs a link-local address (RFC 4861 7.2.2).
            TestHost.Eventually(
                $"{place} has probed its addresses",
                () => town.Host.NetctlOk("exec", place, "ip", "-6", "address", "show", "tentative").Length == 0);
        }

        AssertAll(town, Table);

        town.Host.NetctlOk("network", "disconnect", "two", "t1");
        town.Host.NetctlOk("network", "disconnect", "r", "t1");
        Assert.Equal(0, town.Host.Netctl("doctor").ExitCode);
        AssertAll(
            town,
            """
                                          out   n2
            tcp 192.0.2.1:8080         t1     own   own
            tcp [2001:db8::1]:8080     t1     own   own
            tcp 172.22.0.2:80          t1     no    no
            """);
    }

    private static void AssertAll(Town town, string table)
    {
        IReadOnlyList<string> wrong = ReachTable.Parse(table).Check(town);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static void Network(Town town, string name, int number, params string[] options) => town.Host.NetctlOk(
        ["network", "create", "--ipv6", "--subnet", $"172.{number}.0.0/24", "--subnet", $"fd00:{number}::/64", .. options, name]);
}
