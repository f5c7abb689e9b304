using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Macvlan;

/// <summary>Containers that are on a link of the host themselves.</summary>
public sealed class MacvlanTests
{
    [KernelFact]
    public void Containers_are_reached_from_the_wire_and_reach_each_other_by_name()
    {
        using TestHost host = TestHost.Create();
        string before = KernelState.Of(host);
        host.StartDaemon();
        CreateOnLan(host, "lan1");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "lan1", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "b", "--network", "lan1", "-p", "8080:80", "sleep", "1000");

        JsonElement link = LinkOf(host, "a");
        Assert.Equal("macvlan", link.GetProperty("linkinfo").GetProperty("info_kind").GetString());
        Assert.Equal("bridge", link.GetProperty("linkinfo").GetProperty("info_data").GetProperty("mode").GetString());
        Assert.Equal(IndexOnHost(host, "lan"), link.GetProperty("link_index").GetInt32());
        Assert.Equal("192.0.2.64", AddressOf(host, "a"));
        Assert.Contains("default via 192.0.2.2 dev eth0", host.NetctlOk("exec", "a", "ip", "route"), StringComparison.Ordinal);
        host.Shell("ip netns exec outside ping -c1 -w10 192.0.2.64");
        host.NetctlOk("exec", "a", "ping", "-c1", "-w10", "b");
        Assert.Equal("", host.NetctlOk("port", "b")); // ports are not published on such a network
        Assert.DoesNotContain(":8080", host.Shell("ss -Hltn"), StringComparison.Ordinal);
        host.DoctorIsContentAtOnce();

        host.KillDaemon();
        host.StartDaemon();
        host.DoctorIsContentAtOnce();
        host.Shell("ip netns exec outside ping -c1 -w10 192.0.2.64");
        host.NetctlOk("rm", "-f", "a", "b");
        host.NetctlOk("network", "rm", "lan1");
        host.NetctlOk("system", "reset", "-f");
        host.StopDaemon();
        TestHost.Eventually("nothing is left", () => before == KernelState.Of(host));
    }

    [KernelFact]
    public void Vepa_is_the_mode_that_was_asked_for() => CheckMode("vepa");

    [KernelFact]
    public void Private_is_the_mode_that_was_asked_for() => CheckMode("private");

    [KernelFact]
    public void Passthru_takes_the_parents_address_and_only_one_container() => CheckMode("passthru");

    private static void CheckMode(string mode)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        CreateOnLan(host, "lan1", "-o", $"macvlan_mode={mode}");
        string mac = HostMac(host, "lan");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "lan1", "sleep", "1000");
        JsonElement link = LinkOf(host, "a");
        Assert.Equal(mode, link.GetProperty("linkinfo").GetProperty("info_data").GetProperty("mode").GetString());
        Assert.Equal(mac, HostMac(host, "lan"));
        if (mode == "passthru")
        {
            Assert.Equal(mac, link.GetProperty("address").GetString());
            Output second = host.Netctl("run", "-d", "--name", "b", "--network", "lan1", "sleep", "1000");
            Assert.NotEqual(0, second.ExitCode);
            Assert.Contains("passthru", second.StandardError, StringComparison.Ordinal);
            Assert.DoesNotContain("b", host.NetctlOk("ps", "--format", "{{.Names}}").Split('\n'));
        }

        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void Without_a_parent_containers_reach_each_other_and_nothing_else()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string id = host.NetctlOk("network", "create", "-d", "macvlan", "--internal", "--subnet", "10.7.0.0/24", "island");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "island", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "b", "--network", "island", "sleep", "1000");
        host.NetctlOk("exec", "a", "ping", "-c1", "-w10", "b");
        Assert.DoesNotContain("default", host.NetctlOk("exec", "a", "ip", "route"), StringComparison.Ordinal);
        Assert.Equal(IndexOnHost(host, $"dm-{id[..12]}"), LinkOf(host, "a").GetProperty("link_index").GetInt32());
        host.DoctorIsContentAtOnce();
        host.NetctlOk("rm", "-f", "a", "b");
        host.NetctlOk("network", "rm", "island");
        Assert.DoesNotContain("dm-", host.Shell("ip -br link"), StringComparison.Ordinal);
        Assert.DoesNotContain("dp-", host.Shell("ip -br link"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void Network_may_have_several_subnets_of_one_family()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk(
            "network", "create", "-d", "macvlan", "-o", "parent=lan", "--subnet", "10.7.0.0/30", "--subnet", "10.8.0.0/24", "many");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "many", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "b", "--network", "many", "sleep", "1000");
        Assert.Equal("10.7.0.2", AddressOf(host, "a"));
        Assert.Equal("10.8.0.2", AddressOf(host, "b"));
        Assert.Contains("default via 10.7.0.1 ", host.NetctlOk("exec", "a", "ip", "route"), StringComparison.Ordinal);
        Assert.Contains("default via 10.8.0.1 ", host.NetctlOk("exec", "b", "ip", "route"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void Parent_that_is_not_there_is_refused_and_nothing_is_made()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        Output missing = host.Netctl("network", "create", "-d", "macvlan", "-o", "parent=nosuch0", "x");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("invalid subinterface vlan name, example formatting is eth0.10", missing.StandardError, StringComparison.Ordinal);
        Output noParent = host.Netctl("network", "create", "-d", "macvlan", "-o", "parent=nosuch0.10", "x");
        Assert.Contains("neither a link nosuch0.10 nor nosuch0", noParent.StandardError, StringComparison.Ordinal);
        Output loopback = host.Netctl("network", "create", "-d", "macvlan", "-o", "parent=lo", "x");
        Assert.Contains("loopback", loopback.StandardError, StringComparison.Ordinal);
        Output mode = host.Netctl("network", "create", "-d", "macvlan", "-o", "macvlan_mode=bogus", "x");
        Assert.Contains("unknown macvlan mode bogus", mode.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("x", host.NetctlOk("network", "ls", "--format", "{{.Name}}").Split('\n'));
    }

    [KernelFact]
    public void Vlan_of_a_parent_is_made_where_the_kernel_can_and_else_refused_with_that_reason()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        bool kernelCan = host.Run("ip", "link", "add", "link", "lan", "name", "probe", "type", "vlan", "id", "7").ExitCode == 0;
        host.Run("ip", "link", "delete", "probe");
        Output made = host.Netctl("network", "create", "-d", "macvlan", "-o", "parent=lan.10", "--subnet", "10.7.0.0/24", "v");
        if (kernelCan)
        {
            Assert.Equal(0, made.ExitCode);
            Assert.Contains("lan.10@lan", host.Shell("ip -br link"), StringComparison.Ordinal);
            host.NetctlOk("network", "rm", "v");
        }
        else
        {
            Assert.Equal(1, made.ExitCode);
            Assert.Contains("CONFIG_VLAN_8021Q", made.StandardError, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("lan.10", host.Shell("ip -br link"), StringComparison.Ordinal);
        Assert.DoesNotContain("v", host.NetctlOk("network", "ls", "--format", "{{.Name}}").Split('\n'));
    }

    [KernelFact]
    public void Parent_that_goes_away_is_told_and_its_containers_come_back_with_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        CreateOnLan(host, "lan1");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "lan1", "sleep", "1000");
        host.Shell("ip link delete lan");
        Output told = host.Netctl("doctor");
        Assert.Equal(1, told.ExitCode);
        Assert.Contains("eth0", told.StandardOutput, StringComparison.Ordinal);
        Output start = host.Netctl("run", "-d", "--name", "b", "--network", "lan1", "sleep", "1000");
        Assert.NotEqual(0, start.ExitCode);
        Assert.Contains("the host has no link lan", start.StandardError, StringComparison.Ordinal);
        host.NetctlOk("run", "-d", "--name", "other", "sleep", "1000");

        host.KillDaemon();
        host.StartDaemon();
        host.Shell("ip link add lan type veth peer name lan netns outside");
        host.Shell("ip address add 192.0.2.1/24 dev lan");
        host.Shell("ip link set lan up");
        host.Shell("ip -n outside address add 192.0.2.2/24 dev lan");
        host.Shell("ip -n outside link set lan up");
        host.NetctlOk("doctor", "--fix");
        host.Shell("ip netns exec outside ping -c1 -w3 192.0.2.64");
    }

    private static void CreateOnLan(TestHost host, string name, params string[] more) => host.NetctlOk(
    [
        "network", "create", "-d", "macvlan", "-o", "parent=lan", "--subnet", "192.0.2.0/24", "--ip-range", "192.0.2.64/26", "--gateway",
        "192.0.2.2", .. more, name,
    ]);

    private static JsonElement LinkOf(TestHost host, string container) =>
        JsonDocument.Parse(host.NetctlOk("exec", container, "ip", "-j", "-d", "link", "show", "dev", "eth0")).RootElement[0];

    private static string AddressOf(TestHost host, string container) => host.NetctlOk(
        "exec", container, "sh", "-c", "ip -4 -o address show dev eth0 | awk '{ print $4 }' | cut -d / -f 1");

    private static int IndexOnHost(TestHost host, string link) =>
        JsonDocument.Parse(host.Shell($"ip -j link show dev {link}")).RootElement[0].GetProperty("ifindex").GetInt32();

    private static string HostMac(TestHost host, string link) =>
        JsonDocument.Parse(host.Shell($"ip -j link show dev {link}")).RootElement[0].GetProperty("address").GetString()!;
}
