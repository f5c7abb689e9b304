using System.Net;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Reachability;

/// <summary>What the options of a bridge network let through: gateway modes, trusted interfaces, the source address, no masquerading, no
/// address.</summary>
public sealed class GatewayModeTests
{
    // r1 routed, u1 nat-unprotected, t1 behind a trusted interface, m1 without masquerading, s1 with a source address, x1 and x2 isolated.
    private const string Table =
        """
                                          out   host  r1    u1    x1
        tcp 172.22.0.2:80          r1     own   own   own   own   no    # routed: a published port is open on the container's own address
        tcp 172.22.0.2:81          r1     no    own   own   no    no
        tcp [fd00:22::2]:80        r1     own   own   own   own   no
        tcp [fd00:22::2]:81        r1     no    own   own   no    no
        tcp 192.0.2.1:80           r1     no    no    no    no    no    # and on none of the host's
        tcp 172.23.0.2:81          u1     own   own   own   own   no    # nat-unprotected: all ports
        tcp [fd00:23::2]:81        u1     own   own   own   own   no
        tcp 192.0.2.1:8023         u1     own   own   own   nat   no
        tcp 172.24.0.2:81          t1     own   own   no    no    no    # trusted is the wire to outside, no more
        tcp 172.25.0.2:81          m1     no    own   no    no    no
        tcp 172.26.0.2:81          s1     no    own   no    no    no
        tcp 172.27.0.3:81          x2     no    no    no    no    own   # isolated: within, and not even the host
        tcp 192.0.2.2:7000         out    own   own   own   nat   no
        tcp [2001:db8::2]:7000     out    own   own   own   nat   no
        """;

    [KernelFact]
    public void Gateway_modes_hold_with_iptables() => Check("iptables");

    [KernelFact]
    public void Gateway_modes_hold_with_nftables() => Check("nftables");

    private static void Check(string backend)
    {
        using var town = Town.Create(backend);
        TestHost host = town.Host;
        host.Shell("ip address add 192.0.2.77/24 dev lan");
        Network(host, "r", 22, "com.docker.network.bridge.gateway_mode_ipv4=routed", "com.docker.network.bridge.gateway_mode_ipv6=routed");
        Network(
            host,
            "u",
            23,
            "com.docker.network.bridge.gateway_mode_ipv4=nat-unprotected",
            "com.docker.network.bridge.gateway_mode_ipv6=nat-unprotected");
        Network(host, "t", 24, "com.docker.network.bridge.trusted_host_interfaces=lan");
        Network(host, "m", 25, "com.docker.network.bridge.enable_ip_masquerade=false");
        Network(host, "s", 26, "com.docker.network.host_ipv4=192.0.2.77");
        host.NetctlOk(
            "network", "create", "--internal", "--ipv6", "--subnet", "172.27.0.0/24", "--subnet", "fd00:27::/64",
            "-o", "com.docker.network.bridge.gateway_mode_ipv4=isolated", "-o", "com.docker.network.bridge.gateway_mode_ipv6=isolated",
            "-o", "com.docker.network.bridge.name=br-x", "x");
        town.Container("r1", "--network", "r", "-p", "80");
        town.Container("u1", "--network", "u", "-p", "8023:80");
        town.Container("t1", "--network", "t");
        town.Container("m1", "--network", "m");
        town.Container("s1", "--network", "s");
        town.Container("x1", "--network", "x");
        town.Container("x2", "--network", "x");
        foreach (string place in (string[])["r1", "u1", "t1", "m1", "s1", "x2"])
        {
            town.Serve(place, "tcp", 80, 81);
        }

        town.Serve("out", "tcp", 7000);
        IReadOnlyList<string> wrong = ReachTable.Parse(Table).Check(town);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        Assert.Equal("out 172.25.0.2", Ask(town, "m1"));
        Assert.Equal("out 192.0.2.77", Ask(town, "s1"));
        Assert.Equal(0, host.Outside("ping", "-c1", "-w10", "172.22.0.2").ExitCode);
        Assert.NotEqual(0, host.Outside("ping", "-c1", "-W1", "172.25.0.2").ExitCode);
        Assert.DoesNotContain("172.27.", host.Shell("ip address show dev br-x"), StringComparison.Ordinal);
        Assert.DoesNotContain("fd00:27", host.Shell("ip address show dev br-x"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_network_can_leave_its_gateway_to_another_machine()
    {
        using var town = Town.Create("nftables");
        town.Host.NetctlOk(
            "network", "create", "--subnet", "172.28.0.0/24", "--gateway", "172.28.0.9", "-o",
            "com.docker.network.bridge.inhibit_ipv4=true",
            "-o", "com.docker.network.bridge.name=br-h", "h");
        town.Container("h1", "--network", "h");
        Assert.DoesNotContain("172.28.", town.Host.Shell("ip address show dev br-h"), StringComparison.Ordinal);
        Assert.Contains("default via 172.28.0.9", town.Host.NetctlOk("exec", "h1", "ip", "route"), StringComparison.Ordinal);
        Assert.DoesNotContain("172.28.0.9", town.Host.NetctlOk("exec", "h1", "ip", "neighbour"), StringComparison.Ordinal);
    }

    private static void Network(TestHost host, string name, int number, params string[] options) => host.NetctlOk(
    [
        "network",
        "create",
        "--ipv6",
        "--subnet",
        $"172.{number}.0.0/24",
        "--subnet",
        $"fd00:{number}::/64",
        .. options.SelectMany(option => (string[])["-o", option]),
        name,
    ]);

    private static string? Ask(Town town, string from) =>
        Probe.RunAll([new Probe(town.PlaceOf(from), "tcp", IPEndPoint.Parse("192.0.2.2:7000"))])[0];
}
