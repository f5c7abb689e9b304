using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Reachability;

/// <summary>Who can reach whom, by real sockets through the real daemon: one table, the same for both backends and both ways a kernel
/// treats bridged packets.</summary>
public sealed class ReachabilityTests
{
    // out: a neighbour on the host's wire. plug: a stranger on bridge a's. a1 publishes, a2 is its neighbour, b1 is on an IPv4-only network
    // and publishes too, i1 and i2 are on an internal network.
    private const string Table =
        """
                                          out   plug  host  a1    a2    b1    i1
        tcp 172.18.0.2:80          a1     no    own   own   own   own   no    no    # a container's own address, a published port
        tcp 172.18.0.2:81          a1     no    own   own   own   own   no    no    # and an unpublished one
        tcp [fd00:a::2]:80         a1     no    own   own   own   own   no    no
        tcp [fd00:a::2]:81         a1     no    own   own   own   own   no    no
        udp 172.18.0.2:81          a1     no    own   own   own   own   no    no
        udp [fd00:a::2]:81         a1     no    own   own   own   own   no    no
        tcp 172.19.0.2:81          b1     no    no    own   no    no    own   no
        tcp 172.20.0.3:81          i2     no    no    own   no    no    no    own   # internal: within, and the host
        tcp [fd00:1::3]:81         i2     no    no    own   no    no    no    own

        tcp 192.0.2.1:8080         a1     own   nat   own   nat   nat   own   no    # on all addresses; neighbours by way of the host
        tcp 172.18.0.1:8080        a1     own   nat   own   nat   nat   own   no    # by the gateway's address
        tcp 172.20.0.1:8080        a1     .     .     own   .     .     .     no    # by the internal network's gateway
        tcp 127.0.0.1:8080         a1     .     .     own   no    no    no    no
        tcp [2001:db8::1]:8080     a1     own   nat   own   nat   nat   no    no
        tcp [fd00:a::1]:8080       a1     own   nat   own   nat   nat   no    no
        tcp [fd00:1::1]:8080       a1     .     .     own   .     .     .     no
        tcp [::1]:8080             a1     .     no    own   no    no    no    no    # by the forwarder
        udp 192.0.2.1:8080         a1     own   nat   own   nat   nat   own   no
        udp 127.0.0.1:8080         a1     .     .     own   no    no    no    no
        udp [2001:db8::1]:8080     a1     own   nat   own   nat   nat   no    no
        udp [::1]:8080             a1     no    no    own   no    no    no    no

        tcp 127.0.0.1:8081         a1     no    no    own   no    no    no    no    # published on loopback
        tcp 192.0.2.1:8081         a1     no    no    no    no    no    no    no
        udp 127.0.0.1:8081         a1     no    no    own   no    no    no    no
        tcp [::1]:8084             a1     no    no    own   no    no    no    no
        tcp [2001:db8::1]:8084     a1     no    no    no    no    no    no    no

        tcp 192.0.2.1:8082         a1     own   nat   own   nat   nat   own   no    # published on one address
        tcp 172.18.0.1:8082        a1     no    no    no    no    no    no    no
        tcp 127.0.0.1:8082         a1     no    no    no    no    no    no    no
        tcp [2001:db8::1]:8083     a1     own   nat   own   nat   nat   no    no
        tcp 192.0.2.1:8083         a1     no    no    no    no    no    no    no

        tcp 192.0.2.1:8005         a1     own   nat   own   nat   nat   own   no    # a shifted range
        tcp [2001:db8::1]:8005     a1     own   nat   own   nat   nat   no    no
        tcp 192.0.2.1:8015         a1     own   nat   own   nat   nat   own   no    # an equal one
        tcp [2001:db8::1]:8015     a1     own   nat   own   nat   nat   no    no
        tcp 127.0.0.1:8015         a1     .     .     own   .     no    no    no

        tcp 192.0.2.1:9080         b1     own   own   own   own   own   nat   no    # a container without IPv6
        tcp [2001:db8::1]:9080     b1     nat   nat   own   nat   nat   no    no    # by the forwarder
        tcp [::1]:9080             b1     no    no    own   no    no    no    no
        tcp [fd00:1::1]:9080       b1     .     .     own   .     .     .     no
        udp 192.0.2.1:9080         b1     own   own   own   own   own   nat   no
        udp [2001:db8::1]:9080     b1     nat   nat   own   nat   nat   no    no
        udp [::1]:9080             b1     no    no    own   no    no    no    no

        tcp 192.0.2.1:7070         host   own   own   own   own   own   own   no    # the host's own services
        tcp 172.18.0.1:7070        host   own   own   own   own   own   own   no
        tcp 172.20.0.1:7070        host   .     .     own   .     .     .     own
        tcp [2001:db8::1]:7070     host   own   own   own   own   own   no    no
        udp 192.0.2.1:7070         host   own   own   own   own   own   own   no
        tcp 127.0.0.1:7071         host   .     no    own   no    no    no    no    # and one on loopback only

        tcp 192.0.2.2:7000         out    own   nat   own   nat   nat   nat   no    # the way out
        tcp 192.0.2.2:8080         out    own   nat   own   nat   nat   nat   no    # a published number elsewhere is left alone
        udp 192.0.2.2:7000         out    own   nat   own   nat   nat   nat   no
        tcp [2001:db8::2]:7000     out    own   nat   own   nat   nat   no    no
        """;

    // Without communication inside: only by published ports.
    private const string ClosedTable =
        """
                                          out   host  c1    c2
        tcp 172.21.0.2:80          c1     no    own   own   no
        tcp [fd00:c::2]:80         c1     no    own   own   no
        udp 172.21.0.2:81          c1     no    own   own   no
        tcp 192.0.2.1:8080         c1     own   own   nat   nat
        tcp [2001:db8::1]:8080     c1     own   own   nat   nat
        tcp 192.0.2.2:7000         out    own   own   nat   nat
        """;

    [KernelFact]
    public void Iptables_lets_through_what_the_table_says() => Check("iptables", 0);

    [KernelFact]
    public void Iptables_lets_through_what_the_table_says_when_bridged_packets_pass_it() => Check("iptables", 1);

    [KernelFact]
    public void Nftables_lets_through_what_the_table_says() => Check("nftables", 0);

    [KernelFact]
    public void Nftables_lets_through_what_the_table_says_when_bridged_packets_pass_it() => Check("nftables", 1);

    private static void Check(string backend, int bridgeNetfilter)
    {
        using var town = Town.Create(backend, bridgeNetfilter);
        Build(town);
        AssertAll(town, Table);
        BuildClosed(town);
        AssertAll(town, ClosedTable);
    }

    private static void AssertAll(Town town, string text)
    {
        IReadOnlyList<string> wrong = ReachTable.Parse(text).Check(town);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static void Build(Town town)
    {
        town.Host.NetctlOk(
            "network", "create", "--ipv6", "--subnet", "172.18.0.0/24", "--subnet", "fd00:a::/64", "-o",
            "com.docker.network.bridge.name=br-a", "a");
        town.Host.NetctlOk("network", "create", "--subnet", "172.19.0.0/24", "b");
        town.Host.NetctlOk("network", "create", "--internal", "--ipv6", "--subnet", "172.20.0.0/24", "--subnet", "fd00:1::/64", "i");
        town.Container(
            "a1", "--network", "a", "-p", "8080:80", "-p", "8080:80/udp", "-p", "127.0.0.1:8081:80", "-p", "127.0.0.1:8081:80/udp",
            "-p", "192.0.2.1:8082:80", "-p", "[2001:db8::1]:8083:80", "-p", "[::1]:8084:80", "-p", "8000-8009:90-99", "-p",
            "8010-8019:8010-8019");
        town.Container("a2", "--network", "a");
        town.Container("b1", "--network", "b", "-p", "9080:80", "-p", "9080:80/udp");
        town.Container("i1", "--network", "i");
        town.Container("i2", "--network", "i");
        town.Plug("plug", "br-a", "172.18.0.200/24", "172.18.0.1", "fd00:a::200/64", "fd00:a::1");

        town.Serve("a1", "tcp", 80, 81, 95, 8015);
        town.Serve("a1", "udp", 80, 81);
        town.Serve("b1", "tcp", 80, 81);
        town.Serve("b1", "udp", 80);
        town.Serve("i2", "tcp", 81);
        town.Serve("host", "tcp", 7070);
        town.ServeOn("host", "udp", "192.0.2.1", 7070);
        town.ServeOn("host", "tcp", "127.0.0.1", 7071);
        town.Serve("out", "tcp", 7000, 8080);
        town.Serve("out", "udp", 7000);
    }

    private static void BuildClosed(Town town)
    {
        town.Host.NetctlOk("rm", "-f", "a1");
        town.Host.NetctlOk(
            "network", "create", "--ipv6", "--subnet", "172.21.0.0/24", "--subnet", "fd00:c::/64", "-o",
            "com.docker.network.bridge.enable_icc=false", "c");
        town.Container("c1", "--network", "c", "-p", "8080:80");
        town.Container("c2", "--network", "c");
        town.Serve("c1", "tcp", 80);
        town.Serve("c1", "udp", 81);
    }
}
