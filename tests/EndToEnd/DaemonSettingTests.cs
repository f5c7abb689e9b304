using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The daemon's settings, as flags and in its configuration file: what the kernel and the log have of them.</summary>
public sealed class DaemonSettingTests
{
    private const string MtuKey = "com.docker.network.driver.mtu";

    [KernelFact]
    public void The_default_configuration_file_sets_up_the_default_bridge_new_networks_and_the_log()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell(
            """
            mkdir -p /etc/netctl
            cat >/etc/netctl/daemon.json <<END
            {
              "bip": "10.77.0.1/24", "mtu": 1400, "ipv6": true, "log-format": "json",
              "default-address-pools": [{"base": "10.78.0.0/16", "size": 24}],
              "default-network-opts": {"bridge": {"com.docker.network.driver.mtu": "1350", "com.docker.network.enable_ipv6": "true"}}
            }
            END
            """);
        host.StartDaemon();
        host.NetctlOk("create", "--name", "web");
        host.NetctlOk("network", "create", "-o", "com.docker.network.bridge.name=br-front", "front");
        host.NetctlOk("network", "create", "--ipv6=false", "-o", $"{MtuKey}=1300", "-o", "com.docker.network.bridge.name=br-back", "back");

        Assert.Equal(1400, MtuOf(host, "netctl0"));
        Assert.Equal(1400, (int)JsonNode.Parse(host.NetctlOk("exec", "web", "ip", "-j", "link", "show", "eth0"))![0]!["mtu"]!);
        Assert.Equal("10.77.0.1/24", AddressOf(host, "netctl0", "inet"));
        Assert.StartsWith("fd", AddressOf(host, "netctl0", "inet6"), StringComparison.Ordinal);
        Assert.Equal(1350, MtuOf(host, "br-front"));
        Assert.Equal("10.78.0.1/24", AddressOf(host, "br-front", "inet"));
        Assert.StartsWith("fd", AddressOf(host, "br-front", "inet6"), StringComparison.Ordinal);
        Assert.Equal(1300, MtuOf(host, "br-back"));
        Assert.Null(AddressOf(host, "br-back", "inet6"));

        host.LogSays("\"msg\":\"ready on ");
        Assert.All(
            host.DaemonLog.TrimEnd('\n').Split('\n'),
            line => Assert.Contains((string?)JsonNode.Parse(line)!["level"], (string[])["info", "warning"]));
    }

    [KernelFact]
    public void A_setting_without_sense_is_refused_at_the_start_and_a_hangup_does_not_end_the_daemon()
    {
        using TestHost host = TestHost.Create();
        foreach ((string flag, string value, string words) in new[]
            {
                ("--data-root", "", "invalid argument \"\" for \"--data-root\" flag"),
                ("--exec-root", "", "invalid argument \"\" for \"--exec-root\" flag"),
                ("--default-network-opt", "bridge=foo=bar", "--default-network-opt"),
                ("--default-network-opt", "macvlan=macvlan_mode=x", "--default-network-opt"),
            })
        {
            Output refused = value.Length > 0
                ? host.RunDaemonToItsEnd(flag, value)
                : host.Run("sh", "-c", $"\"$NETCTL\" daemon {flag} ''");
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains(words, refused.StandardError, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", refused.StandardError, StringComparison.Ordinal);
        }

        host.StartDaemon();
        host.Shell($"kill -HUP {host.DaemonId}");
        host.LogSays("SIGHUP: the settings stay");
        host.NetctlOk("network", "ls");
    }

    [KernelFact]
    public void Flags_and_a_named_file_are_one_and_what_both_set_is_refused_before_anything_is_made()
    {
        using TestHost host = TestHost.Create();
        string file = $"{host.Root}/settings.json";
        File.WriteAllText(file, "{\"mtu\": 1400}");

        Output both = host.RunDaemonToItsEnd("--config-file", file, "--mtu", "1500");
        Output missing = host.RunDaemonToItsEnd("--config-file", $"{host.Root}/none.json");

        Assert.Equal(
            (1,
                $"netctl: unable to configure the daemon with file {file}: the following directives are specified both as a flag and in "
                    + "the configuration file: mtu: (from flag: 1500, from file: 1400); take each out of one of the two\n"),
            (both.ExitCode, both.StandardError));
        Assert.Equal(
            (1,
                $"netctl: unable to configure the daemon with file {host.Root}/none.json: no such file; make it, or leave out "
                    + "--config-file\n"),
            (missing.ExitCode, missing.StandardError));
        Assert.False(Directory.Exists($"{host.Root}/data"));

        host.StartDaemon("--config-file", file, "--default-network-opt", $"bridge={MtuKey}=1350");
        host.NetctlOk("network", "create", "-o", "com.docker.network.bridge.name=br-front", "front");
        Assert.Equal((1400, 1350), (MtuOf(host, "netctl0"), MtuOf(host, "br-front")));
    }

    [KernelFact]
    public void The_default_bridge_has_the_subnets_ranges_and_gateways_that_the_flags_say()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(
            "--bip", "10.77.0.1/24", "--fixed-cidr", "10.77.0.128/25", "--default-gateway", "10.77.0.129",
            "--ipv6", "--bip6", "fd00:77::1/64", "--fixed-cidr-v6", "fd00:77::8000/113", "--default-gateway-v6", "fd00:77::8001",
            "--dns-search", "lab.example", "--dns-opt", "ndots:3");
        host.NetctlOk("create", "--name", "web");

        Assert.Equal("10.77.0.1/24", AddressOf(host, "netctl0", "inet"));
        Assert.Equal("fd00:77::1/64", AddressOf(host, "netctl0", "inet6"));
        Assert.Equal("10.77.0.129", Gateway("-4"));
        Assert.Equal("fd00:77::8001", Gateway("-6"));
        Assert.Equal(["10.77.0.128", "fd00:77::8000"], Addresses("web"));
        host.NetctlOk("create", "--name", "db");
        Assert.Equal(["10.77.0.130", "fd00:77::8002"], Addresses("db")); // the gateways' own are not handed out
        string[] file = host.NetctlOk("exec", "web", "cat", "/etc/resolv.conf").Split('\n');
        Assert.Contains("search lab.example", file);
        Assert.Contains("options ndots:3", file);

        IEnumerable<string?> Addresses(string container) =>
            JsonNode.Parse(host.NetctlOk("exec", container, "ip", "-j", "address", "show", "dev", "eth0"))![0]!["addr_info"]!.AsArray()
                .Where(address => (string?)address!["scope"] == "global")
                .Select(address => (string?)address!["local"]).Order(StringComparer.Ordinal);

        string? Gateway(string family) =>
            (string?)JsonNode.Parse(host.NetctlOk("exec", "web", "ip", "-j", family, "route", "show", "default"))![0]!["gateway"];
    }

    [KernelFact]
    public void Without_masquerade_and_with_forwarding_left_alone_the_host_is_as_it_was_and_containers_show_their_own_addresses()
    {
        using TestHost host = TestHost.Create();
        host.Shell("sysctl -qw net.ipv4.ip_forward=0; ip -n outside route add 10.77.0.0/24 via 192.0.2.1");
        host.StartDaemon("--bip", "10.77.0.1/24", "--ip-masq=false", "--ip-forward=false");
        Assert.Equal("0", host.Shell("cat /proc/sys/net/ipv4/ip_forward"));
        host.LogSays("IPv4 forwarding is off on this host and the daemon leaves it alone");

        host.Shell("sysctl -qw net.ipv4.ip_forward=1");
        host.NetctlOk("create", "--name", "web");
        host.Shell("ip netns exec outside iptables -w -I INPUT -s 10.77.0.0/24 -p icmp");
        host.NetctlOk("exec", "web", "ping", "-c", "1", "-w", "10", "192.0.2.2");
        Assert.StartsWith("[1:", host.Shell("ip netns exec outside iptables-save -c | grep 'INPUT.*10.77'"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void Without_a_default_bridge_there_is_no_link_and_a_container_has_only_its_loopback()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.Shell("ip link show netctl0");
        host.KillDaemon();
        host.StartDaemon("--bridge", "none");

        Assert.NotEqual(0, host.Run("ip", "link", "show", "netctl0").ExitCode);
        host.NetctlOk("create", "--name", "web");
        Assert.Equal(
            ["lo"],
            JsonNode.Parse(host.NetctlOk("exec", "web", "ip", "-j", "link"))!.AsArray().Select(link => (string?)link!["ifname"]));
        Assert.Equal("host\nnone", host.NetctlOk("network", "ls", "--format", "{{.Name}}"));
    }

    private static int MtuOf(TestHost host, string link) =>
        (int)JsonNode.Parse(host.Shell($"ip -j link show {link}"))![0]!["mtu"]!;

    /// <summary>The first address of a family, other than link-local ones, with its prefix length; null for none.</summary>
    private static string? AddressOf(TestHost host, string link, string family) =>
        JsonNode.Parse(host.Shell($"ip -j address show dev {link} scope global"))!.AsArray()
            .SelectMany(entry => entry!["addr_info"]?.AsArray() ?? [])
            .Where(address => (string?)address!["family"] == family)
            .Select(address => $"{address!["local"]}/{address["prefixlen"]}")
            .FirstOrDefault();
}
