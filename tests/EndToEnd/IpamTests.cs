using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Addresses as a user sees them given out, kept and counted.</summary>
public sealed class IpamTests
{
    [KernelFact]
    public void Null_driver_gives_no_addresses_and_bridges_refuse_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        Output bridge = host.Netctl("network", "create", "--ipam-driver", "null", "x");
        Assert.Equal(1, bridge.ExitCode);
        Assert.Contains("ipv4 pool is empty", bridge.StandardError, StringComparison.Ordinal);
        Output subnet = host.Netctl("network", "create", "-d", "macvlan", "--ipam-driver", "null", "--subnet", "10.5.0.0/24", "x");
        Assert.Contains("does not handle specific address pool requests", subnet.StandardError, StringComparison.Ordinal);

        host.NetctlOk("network", "create", "-d", "macvlan", "-o", "parent=lan", "--ipam-driver", "null", "--ipam-opt", "a=b", "net0");
        Assert.Equal("null b 0", host.NetctlOk(
            "network", "inspect", "-f", "{{.IPAM.Driver}} {{.IPAM.Options.a}} {{len .IPAM.Config}}", "net0"));
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net0", "sleep", "1000");
        JsonElement link = JsonDocument.Parse(host.NetctlOk("exec", "a", "ip", "-j", "address", "show", "dev", "eth0")).RootElement[0];
        Assert.Equal("UP", link.GetProperty("operstate").GetString());
        Assert.Empty(link.GetProperty("addr_info").EnumerateArray());
        Assert.Contains(
            "has no IPv4 subnet", host.Netctl("run", "-d", "--network", "net0", "--ip", "10.5.0.9", "true").StandardError,
            StringComparison.Ordinal);
        host.NetctlOk("exec", "a", "ip", "address", "add", "192.0.2.77/24", "dev", "eth0"); // as a DHCP client would
        host.Shell("ip netns exec outside ping -c1 -w10 192.0.2.77");
        host.DoctorIsContentAtOnce();
        host.KillDaemon();
        host.StartDaemon();
        host.DoctorIsContentAtOnce();
        host.NetctlOk("stop", "-t", "0", "a");
        host.NetctlOk("start", "a");
        host.NetctlOk("rm", "-f", "a");
        host.NetctlOk("network", "rm", "net0");
    }

    [KernelFact]
    public void Use_of_each_subnet_is_shown_and_follows_what_comes_and_goes()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk(
            "network", "create", "--subnet", "10.5.0.0/24", "--ip-range", "10.5.0.128/25", "--aux-address", "printer=10.5.0.200", "net0");
        Assert.Equal((4, 125), UseOf(host)); // the gateway is in the range too
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net0", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "b", "--network", "net0", "--ip", "10.5.0.7", "sleep", "1000");
        Assert.Equal((6, 124), UseOf(host));
        host.NetctlOk("rm", "-f", "a", "b");
        Assert.Equal((4, 125), UseOf(host)); // the gateway is in the range too
        Assert.DoesNotContain("Status", host.Shell($"curl -sS --unix-socket {host.Socket} http://x/networks"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void Address_stays_with_a_stopped_container_unless_somebody_needs_it_and_else_comes_back_last()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--subnet", "10.5.0.0/29", "net0"); // five addresses beside the gateway's
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net0", "sleep", "1000");
        Assert.Equal("10.5.0.2", AddressOf(host, "a"));
        host.NetctlOk("stop", "-t", "0", "a");
        host.NetctlOk("run", "-d", "--name", "b", "--network", "net0", "sleep", "1000");
        Assert.Equal("10.5.0.3", AddressOf(host, "b"));
        host.KillDaemon();
        host.StartDaemon();
        host.NetctlOk("start", "a");
        Assert.Equal("10.5.0.2", AddressOf(host, "a"));

        host.NetctlOk("stop", "-t", "0", "a");
        foreach (string name in (string[])["c", "d", "e", "f"])
        {
            host.NetctlOk("run", "-d", "--name", name, "--network", "net0", "sleep", "1000");
        }

        Assert.Equal(
            ["10.5.0.4", "10.5.0.5", "10.5.0.6", "10.5.0.2"], ((string[])["c", "d", "e", "f"]).Select(name => AddressOf(host, name)));
        Assert.Contains("is full", host.Netctl("start", "a").StandardError, StringComparison.Ordinal);
        host.NetctlOk("rm", "-f", "d");
        host.NetctlOk("start", "a");
        Assert.Equal("10.5.0.5", AddressOf(host, "a"));
    }

    [KernelFact]
    public void Addresses_that_the_host_has_on_a_macvlan_parent_are_passed_over()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk(
            "network", "create", "-d", "macvlan", "-o", "parent=lan", "--subnet", "192.0.2.0/24", "--ip-range", "192.0.2.0/30", "--gateway",
            "192.0.2.2", "net0");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net0", "sleep", "1000");
        Assert.Equal("192.0.2.3", AddressOf(host, "a")); // 192.0.2.1 is the host's
        Output taken = host.Netctl("run", "-d", "--network", "net0", "--ip", "192.0.2.1", "true");
        Assert.Contains("192.0.2.1 on network \"net0\" is already in use by the host", taken.StandardError, StringComparison.Ordinal);
    }

    private static (int Used, int Available) UseOf(TestHost host)
    {
        JsonElement subnet = JsonDocument.Parse(host.NetctlOk("network", "inspect", "net0")).RootElement[0]
            .GetProperty("Status").GetProperty("IPAM").GetProperty("Subnets").GetProperty("10.5.0.0/24");
        return (subnet.GetProperty("IPsInUse").GetInt32(), subnet.GetProperty("DynamicIPsAvailable").GetInt32());
    }

    private static string AddressOf(TestHost host, string container) => host.NetctlOk(
        "exec", container, "sh", "-c", "ip -4 -o address show dev eth0 | awk '{ print $4 }' | cut -d / -f 1");
}
