using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What a user asks for one connection of a container to a network, as the kernel has it.</summary>
public sealed class EndpointTests
{
    private const string Mac = "02:00:00:00:07:09";

    [KernelFact]
    public void The_Ethernet_address_of_the_gateway_is_taken()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string id = host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "-d", "--network", "front", "sleep", "1000");
        string mac = host.Shell($"ip -o link show br-{id[..12]} | grep -o 'ether [^ ]*' | cut -d' ' -f2");
        Output refused = host.Netctl("run", "--network", "front", "--mac-address", mac, "true");
        Assert.Contains("by its gateway", refused.StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Addresses_that_were_asked_for_are_on_the_interface_and_stay_over_a_restart()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        CreateNetworks(host);
        string[] run =
        [
            "run", "-d", "--name", "a", "--network", "net7", "--ip", "10.7.0.9", "--ip6", "fd00:7::9", "--mac-address", Mac, "sleep",
            "1000",
        ];
        Assert.Contains("10.7.0.9/24", host.NetctlOk(["--dry-run", .. run]), StringComparison.Ordinal);
        host.NetctlOk(run);
        AssertAsked();

        Refused(host, "already in use on network net7", "run", "-d", "--network", "net7", "--mac-address", Mac, "sleep", "1000");
        Refused(host, "is already in use", "run", "-d", "--network", "net7", "--ip", "10.7.0.9", "sleep", "1000");
        Refused(
            host, "no configured subnet contains IP address 10.9.0.9", "run", "-d", "--network", "net7", "--ip", "10.9.0.9", "sleep",
            "1000");
        Refused(
            host, "user specified IP address is supported on user defined networks only", "run", "-d", "--ip", "172.17.0.9", "sleep",
            "1000");
        Refused(host, "mac-address and the network mode", "run", "-d", "--network", "none", "--mac-address", Mac, "sleep", "1000");
        Assert.Equal("a", host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));

        host.NetctlOk("stop", "-t", "0", "a");
        Refused(host, "is already in use", "network", "connect", "--ip", "10.7.0.9", "net7", Other(host));
        host.KillDaemon();
        host.StartDaemon();
        host.NetctlOk("start", "a");
        AssertAsked();
        host.DoctorIsContentAtOnce();

        void AssertAsked()
        {
            JsonElement link = Link(host, "a", "eth0");
            Assert.Equal(Mac, link.GetProperty("address").GetString());
            Assert.Contains("10.7.0.9/24", Addresses(link));
            Assert.Contains("fd00:7::9/64", Addresses(link));
        }
    }

    [KernelFact]
    public void An_address_that_was_picked_is_there_again_after_a_restart()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        CreateNetworks(host);
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net7", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "b", "--network", "net7", "sleep", "1000");
        string[] before = Addresses(Link(host, "a", "eth0"));
        host.NetctlOk("stop", "-t", "0", "a");
        host.NetctlOk("run", "-d", "--name", "c", "--network", "net7", "sleep", "1000");
        host.NetctlOk("start", "a");
        Assert.Equal(before.Where(IsGlobal), Addresses(Link(host, "a", "eth0")).Where(IsGlobal));
    }

    [KernelFact]
    public void Each_network_of_one_run_gets_what_its_fields_say()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        CreateNetworks(host);
        host.NetctlOk(
            "run", "-d", "--name", "a", "--network", "name=net7,alias=db,alias=sql,ip=10.7.0.9", "--network",
            $"name=net8,mac-address={Mac},gw-priority=7,driver-opt=com.docker.network.endpoint.ifname=lan0", "--network", "net9", "sleep",
            "1000");

        Assert.Contains("10.7.0.9/24", Addresses(Link(host, "a", "eth0")));
        Assert.Equal(Mac, Link(host, "a", "lan0").GetProperty("address").GetString());
        Assert.NotEmpty(Addresses(Link(host, "a", "eth2")));
        Assert.Equal("lan0", DefaultLink(host, "a"));
        host.NetctlOk("run", "-d", "--name", "b", "--network", "net7", "sleep", "1000");
        Assert.Equal("10.7.0.9", host.Dig("b", "sql"));
        Assert.Equal("7", host.NetctlOk("inspect", "-f", "{{.NetworkSettings.Networks.net8.GwPriority}}", "a"));
        Refused(
            host, "cannot specify both --ip and per-network IPv4 address", "run", "--ip", "10.7.0.8", "--network", "name=net7,ip=10.7.0.8",
            "true");
        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void Link_local_addresses_and_settings_are_on_the_interface_and_neighbours_reach_each_other_by_them()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        CreateNetworks(host);
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net8", "--link-local-ip", "169.254.8.8", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "b", "--network", "bridge", "sleep", "1000");
        host.NetctlOk(
            "network", "connect", "--link-local-ip", "169.254.8.9", "--link-local-ip", "fe80::8:9", "--driver-opt",
            "com.docker.network.endpoint.sysctls=net.ipv4.conf.IFNAME.log_martians=1,net.ipv6.conf.IFNAME.accept_ra=2", "net8", "b");

        Assert.Contains("169.254.8.8/16", Addresses(Link(host, "a", "eth0")));
        Assert.Contains("169.254.8.9/16", Addresses(Link(host, "b", "eth1")));
        Assert.Contains("fe80::8:9/64", Addresses(Link(host, "b", "eth1")));
        host.NetctlOk("exec", "b", "ping", "-c1", "-w10", "169.254.8.8");
        host.NetctlOk("exec", "a", "ping", "-c1", "-w10", "169.254.8.9");
        Assert.Equal("1", host.NetctlOk("exec", "b", "cat", "/proc/sys/net/ipv4/conf/eth1/log_martians"));
        Assert.Equal("2", host.NetctlOk("exec", "b", "cat", "/proc/sys/net/ipv6/conf/eth1/accept_ra"));
        Assert.Equal(
            "[169.254.8.9 fe80::8:9]",
            host.NetctlOk("inspect", "-f", "{{.NetworkSettings.Networks.net8.IPAMConfig.LinkLocalIPs}}", "b"));
        Refused(host, "unknown driver option \"a\"", "network", "connect", "--driver-opt", "a=b", "net9", "b");
        host.DoctorIsContentAtOnce();

        host.KillDaemon();
        host.StartDaemon();
        host.DoctorIsContentAtOnce();
        host.NetctlOk("exec", "b", "ping", "-c1", "-w10", "169.254.8.8");
    }

    [KernelFact]
    public void The_default_gateway_moves_at_once_when_a_higher_priority_comes_and_when_it_goes()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        CreateNetworks(host);
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net7", "sleep", "1000");
        Assert.Equal("eth0", DefaultLink(host, "a"));
        host.NetctlOk("network", "connect", "net9", "a");
        Assert.Equal("eth0", DefaultLink(host, "a"));
        Assert.Contains(
            "via 10.8.0.1",
            host.NetctlOk("--dry-run", "network", "connect", "--gw-priority", "3", "net8", "a"),
            StringComparison.Ordinal);
        host.NetctlOk("network", "connect", "--gw-priority", "3", "net8", "a");
        Assert.Equal("eth2", DefaultLink(host, "a"));
        Assert.Equal("eth0", DefaultLink(host, "a", "-6")); // only net7 has IPv6
        host.NetctlOk("network", "disconnect", "net8", "a");
        Assert.Equal("eth0", DefaultLink(host, "a"));
        host.NetctlOk("network", "disconnect", "net7", "a");
        Assert.Equal("eth1", DefaultLink(host, "a"));

        host.NetctlOk("stop", "-t", "0", "a");
        host.NetctlOk("network", "connect", "--gw-priority", "-1", "--ip", "10.8.0.77", "net8", "a");
        host.NetctlOk("network", "connect", "--gw-priority", "1", "net7", "a");
        host.NetctlOk("network", "disconnect", "net9", "a");
        host.NetctlOk("start", "a");
        Assert.Contains("via 10.7.0.1", host.NetctlOk("exec", "a", "ip", "-4", "route", "show", "default"), StringComparison.Ordinal);
        Assert.Contains("10.8.0.77", host.NetctlOk("exec", "a", "ip", "-4", "address"), StringComparison.Ordinal);
        host.DoctorIsContentAtOnce();
    }

    private static void CreateNetworks(TestHost host)
    {
        host.NetctlOk("network", "create", "--ipv6", "--subnet", "10.7.0.0/24", "--subnet", "fd00:7::/64", "net7");
        host.NetctlOk("network", "create", "--subnet", "10.8.0.0/24", "net8");
        host.NetctlOk("network", "create", "--subnet", "10.9.1.0/24", "net9");
    }

    private static string Other(TestHost host)
    {
        host.NetctlOk("create", "--name", "other");
        return "other";
    }

    private static void Refused(TestHost host, string message, params string[] arguments)
    {
        Output output = host.Netctl(arguments);
        Assert.NotEqual(0, output.ExitCode);
        Assert.Contains(message, output.StandardError, StringComparison.Ordinal);
    }

    private static JsonElement Link(TestHost host, string container, string name) =>
        JsonDocument.Parse(host.NetctlOk("exec", container, "ip", "-j", "address", "show", "dev", name)).RootElement[0];

    private static string[] Addresses(JsonElement link) =>
    [
        .. link.GetProperty("addr_info").EnumerateArray()
            .Select(address => $"{address.GetProperty("local").GetString()}/{address.GetProperty("prefixlen").GetInt32()}"),
    ];

    private static bool IsGlobal(string address) => !address.StartsWith("fe80", StringComparison.Ordinal);

    private static string DefaultLink(TestHost host, string container, string family = "-4") =>
        Assert.Single(JsonDocument.Parse(host.NetctlOk("exec", container, "ip", "-j", family, "route", "show", "default"))
            .RootElement.EnumerateArray()).GetProperty("dev").GetString()!;
}
