using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The default network on a bridge that another program made (<c>--bridge NAME</c>), what <c>host-gateway</c> is, and what the
/// daemon refuses of its settings.</summary>
public sealed class DefaultBridgeTests
{
    private const string Bridge =
        """
        ip link add br0 address 02:00:00:00:05:01 type bridge
        ip link set br0 addrgenmode none
        ip address add 10.5.0.1/24 dev br0
        ip address add 10.6.0.1/24 dev br0
        ip link set br0 up
        """;

    private static readonly (string Arguments, string Expected)[] Wrong =
    [
        ("--bridge br9", "--bridge br9: this host has no bridge br9 of another program; make it first (ip link add br9 type bridge)"),
        ("--bridge lan", "--bridge lan: this host has no bridge lan of another program;"),
        ("--bridge empty", "--bridge empty: the bridge has no IPv4 address that says which subnet is on it;"),
        ("--bridge br0 --ipv6", "--bridge br0: the bridge has no IPv6 address that says which subnet is on it;"),
        ("--bridge br0 --fixed-cidr 10.9.0.0/25", "10.9.0.0/25"),
        ("--bridge br0 --default-gateway 10.9.0.1", "10.9.0.1"),
        ("--bridge br0 --bip 10.9.0.1/24", "bridge br0 and bip are mutually exclusive:"),
        ("--bridge none --bip 10.9.0.1/24", "bridge none and bip are mutually exclusive:"),
        ("--bip 10.9.0.1/24 --fixed-cidr 10.8.0.0/25", "fixed-cidr 10.8.0.0/25 is not in bip's subnet 10.9.0.0/24;"),
        ("--bip 10.9.0.1/24 --default-gateway 10.8.0.1", "default-gateway 10.8.0.1 is not in the default bridge's subnet"),
        ("--bip6 fd00:9::1/64", "bip6 needs IPv6 on the default bridge; set ipv6 too"),
        ("--host-gateway-ip nonsense", "invalid argument \"nonsense\" for \"--host-gateway-ip\" flag: it takes an address of the host"),
        ("--dns-search a,b", "invalid argument \"a,b\" for \"--dns-search\" flag: invalid DNS search domain"),
    ];

    [KernelFact]
    public void Default_network_stands_on_the_named_bridge_which_is_as_before_when_it_leaves()
    {
        using TestHost host = TestHost.Create();
        host.Shell(Bridge);
        string before = BridgeOf(host);
        host.StartDaemon("-b", "br0", "--fixed-cidr", "10.6.0.128/25", "--default-gateway", "10.6.0.9");
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");

        Assert.NotEqual(0, host.Run("ip", "link", "show", "netctl0").ExitCode);
        Assert.Equal("br0", host.Shell("ip -j link show type bridge | jq -r '.[].ifname'"));
        Assert.Equal("1", host.Shell("ip -j link show master br0 | jq length"));
        Assert.Equal(
            "10.6.0.128",
            host.NetctlOk("exec", "web", "ip", "-j", "address", "show", "dev", "eth0", "scope", "global") is var addresses
                ? (string?)JsonNode.Parse(addresses)![0]!["addr_info"]![0]!["local"] : null);
        Assert.Equal(
            "10.6.0.9", (string?)JsonNode.Parse(host.NetctlOk("exec", "web", "ip", "-j", "route", "show", "default"))![0]!["gateway"]);
        host.NetctlOk("exec", "web", "ping", "-c1", "-w10", "10.6.0.1");
        host.DoctorIsContentAtOnce();

        host.KillDaemon();
        host.StartDaemon();
        host.LogSays("network bridge stays on the bridge that it has, because there are containers on it (web);");
        host.NetctlOk("exec", "web", "ping", "-c1", "-w10", "10.6.0.1");
        host.NetctlOk("rm", "-f", "web");
        host.StopDaemon();
        host.StartDaemon();
        host.Shell("ip link show netctl0");
        Assert.Equal(before, BridgeOf(host));
        host.StopDaemon();
        host.StartDaemon("--bridge", "br0");
        Assert.NotEqual(0, host.Run("ip", "link", "show", "netctl0").ExitCode);
        Assert.Equal("10.5.0.0/24", host.NetctlOk("network", "inspect", "-f", "{{(index .IPAM.Config 0).Subnet}}", "bridge"));
    }

    [KernelFact]
    public void Host_gateway_is_what_the_flags_say_one_address_a_family_or_the_bridges_own()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--bip", "10.77.0.1/24");
        host.NetctlOk("create", "--name", "plain", "--add-host", "up:host-gateway");
        Assert.Equal("10.77.0.1\tup", Lines(host, "plain"));
        host.StopDaemon();
        host.StartDaemon("--bip", "10.77.0.1/24", "--host-gateway-ip", "2001:db8::7", "--host-gateway-ip", "192.0.2.7");
        host.NetctlOk("network", "create", "--ipv6", "front");
        host.NetctlOk("create", "--name", "web", "--network", "front", "--add-host", "up:host-gateway");
        Assert.Equal("192.0.2.7\tup\n2001:db8::7\tup", Lines(host, "web"));
    }

    [KernelFact]
    public void Host_gateway_works_without_a_default_network_when_the_flag_gives_an_address()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--bridge", "none", "--host-gateway-ip", "192.0.2.7");
        host.NetctlOk("create", "--name", "web", "--add-host", "up:host-gateway");
        Assert.Equal("192.0.2.7\tup", Lines(host, "web"));
    }

    [KernelFact]
    public void Wrong_settings_are_refused_in_one_sentence_and_nothing_is_made()
    {
        using TestHost host = TestHost.Create();
        host.Shell($"{Bridge}\nip link add empty type bridge\nip link set empty addrgenmode none\nip link set empty up");
        string before = HostOf(host);

        Assert.All(Wrong, wrong =>
        {
            Output refused = host.RunDaemonToItsEnd(wrong.Arguments.Split(' '));
            Assert.NotEqual(0, refused.ExitCode);
            string sentence = refused.StandardError.Split('\n').Single(line => line.StartsWith("netctl", StringComparison.Ordinal));
            Assert.Contains(wrong.Expected, sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", refused.StandardError, StringComparison.Ordinal);
            Assert.Equal(before, HostOf(host));
        });
    }

    private static string HostOf(TestHost host) => host.Shell(
        "ip -br link; ip -br address; ip route; cat /proc/sys/net/ipv4/ip_forward");

    private static string BridgeOf(TestHost host) => host.Shell(
        "ip -j -d link show br0 | jq -c '.[0] | {mtu, address, info: .linkinfo.info_data.ageing_time}'; ip -j address show br0 | "
            + "jq -c '[.[0].addr_info[] | .local]'; sysctl -n net.ipv4.conf.br0.route_localnet");

    private static string Lines(TestHost host, string container) => string.Join(
        "\n",
        host.NetctlOk("exec", container, "cat", "/etc/hosts").Split('\n')
            .Where(line => line.EndsWith("\tup", StringComparison.Ordinal)));
}
