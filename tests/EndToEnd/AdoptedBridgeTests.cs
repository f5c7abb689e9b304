using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Networks on a bridge that another program made.</summary>
public sealed class AdoptedBridgeTests
{
    private const string NameOption = "com.docker.network.bridge.name=br0";

    [KernelFact]
    public void Containers_are_on_the_bridge_with_what_was_on_it_before_and_it_stays_as_it_was()
    {
        using TestHost host = TestHost.Create();
        MakeBridge(host, "10.5.0.1/24");
        host.Run("ip", "link", "set", "br0", "type", "bridge", "vlan_filtering", "1"); // refused by a kernel without it
        host.Shell("ip link set br0 type bridge ageing_time 7000; ip link set br0 mtu 1400");
        host.StartDaemon();
        string before = BridgeOf(host);
        string id = host.NetctlOk("network", "create", "-o", NameOption, "net0");
        Assert.Equal("10.5.0.0/24 10.5.0.1", host.NetctlOk("network", "inspect", "-f", SubnetAndGateway, "net0"));
        Assert.DoesNotContain(id[..12], host.Shell("ip -br link"), StringComparison.Ordinal);
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net0", "-p", "8080:80", "busybox", "httpd", "-f", "-p", "80", "-h", "/etc");
        host.Shell("ip netns exec vm ping -c1 -w10 10.5.0.2");
        host.NetctlOk("exec", "a", "ping", "-c1", "-w10", "10.5.0.9");
        host.NetctlOk("exec", "a", "ping", "-c1", "-w10", "10.5.0.1");
        Assert.Contains("mtu 1400", host.NetctlOk("exec", "a", "ip", "link", "show", "dev", "eth0"), StringComparison.Ordinal);
        host.Shell("curl -sS --retry 9 --retry-connrefused http://127.0.0.1:8080/hostname");
        host.DoctorIsContentAtOnce();

        host.KillDaemon();
        host.StartDaemon();
        host.DoctorIsContentAtOnce();
        Assert.Equal(before, BridgeOf(host));
        Output twice = host.Netctl("network", "create", "-o", NameOption, "--subnet", "10.9.0.0/24", "net1");
        Assert.Contains("conflicts with network net0", twice.StandardError, StringComparison.Ordinal);
        host.NetctlOk("rm", "-f", "a");
        host.NetctlOk("network", "rm", "net0");
        Assert.Equal(before, BridgeOf(host));
        Assert.Equal("0", host.Shell("sysctl -n net.ipv4.conf.br0.route_localnet"));
        host.Shell("ping -c1 -w10 10.5.0.9");
    }

    [KernelFact]
    public void Gateways_address_is_added_only_where_the_bridge_has_none_and_goes_with_the_network()
    {
        using TestHost host = TestHost.Create();
        MakeBridge(host, "10.5.0.1/24");
        host.StartDaemon();
        string before = BridgeOf(host);
        Assert.Contains(
            "leave --gateway out",
            host.Netctl("network", "create", "-o", NameOption, "--subnet", "10.5.0.0/24", "--gateway", "10.5.0.7", "x").StandardError,
            StringComparison.Ordinal);
        Assert.Contains(
            "bridge br0 has no IPv6 address", host.Netctl("network", "create", "-o", NameOption, "--ipv6", "x").StandardError,
            StringComparison.Ordinal);
        Assert.Equal(before, BridgeOf(host));
        host.NetctlOk("network", "create", "-o", NameOption, "--subnet", "10.6.0.0/24", "net0");
        Assert.Equal(["10.5.0.1", "10.6.0.1"], AddressesOf(host));
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net0", "sleep", "1000");
        host.NetctlOk("exec", "a", "ping", "-c1", "-w10", "10.6.0.1");
        host.Shell("ip address del 10.6.0.1/24 dev br0");
        host.NetctlOk("doctor", "--fix");
        Assert.Equal(["10.5.0.1", "10.6.0.1"], AddressesOf(host));
        host.NetctlOk("rm", "-f", "a");
        host.NetctlOk("network", "rm", "net0");
        Assert.Equal(before, BridgeOf(host));

        host.NetctlOk("network", "create", "-o", NameOption, "--subnet", "10.6.0.0/24", "net0");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net0", "sleep", "1000");
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal(before, BridgeOf(host));
    }

    [KernelFact]
    public void Address_that_a_killed_daemon_left_on_the_bridge_is_known_as_ours_and_removed()
    {
        using TestHost host = TestHost.Create();
        MakeBridge(host, "10.5.0.1/24");
        host.StartDaemon();
        string before = BridgeOf(host);
        host.NetctlOk("network", "create", "-o", NameOption, "--subnet", "10.6.0.0/24", "net0");
        host.KillDaemon();
        host.Shell($"rm -r {host.Root}/data {host.ExecRoot}/*");
        host.StartDaemon();
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal(before, BridgeOf(host));
    }

    [KernelFact]
    public void Bridge_that_goes_away_is_told_and_its_containers_are_its_ports_again_when_it_is_back()
    {
        using TestHost host = TestHost.Create();
        MakeBridge(host, "10.5.0.1/24");
        host.StartDaemon();
        host.NetctlOk("network", "create", "-o", NameOption, "net0");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net0", "sleep", "1000");
        host.Shell("ip link delete br0");
        Output told = host.Netctl("doctor");
        Assert.Equal(1, told.ExitCode);
        Assert.Contains("bridge br0, which another program made, is not there", told.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("veth", host.Netctl("doctor", "--fix").StandardOutput, StringComparison.Ordinal);
        Output start = host.Netctl("run", "-d", "--name", "b", "--network", "net0", "sleep", "1000");
        Assert.NotEqual(0, start.ExitCode);
        Assert.Contains("bridge br0, which another program made, is not there", start.StandardError, StringComparison.Ordinal);
        host.NetctlOk("run", "-d", "--name", "other", "sleep", "1000");

        host.KillDaemon();
        host.StartDaemon();
        host.Shell("ip link add br0 type bridge; ip address add 10.5.0.1/24 dev br0; ip link set br0 up");
        host.NetctlOk("doctor", "--fix");
        host.Shell("ping -c1 -w3 10.5.0.2");
        host.NetctlOk("rm", "-f", "a");
        host.Shell("ip link delete br0");
        host.NetctlOk("network", "rm", "net0");
        host.DoctorIsContentAtOnce();
    }

    private const string SubnetAndGateway = "{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}}";

    // A bridge has the lowest address of its ports unless it was given one. A guest's port has a high one, as libvirt makes them.
    private static void MakeBridge(TestHost host, string address) => host.Shell(
        $"""
        ip link add br0 type bridge
        ip link set br0 addrgenmode none
        ip address add {address} dev br0
        ip link set br0 up
        ip netns add vm
        ip link add vm0 type veth peer name eth0 netns vm
        ip link set vm0 address fe:fe:00:00:00:01 master br0
        ip link set vm0 up
        ip -n vm address add 10.5.0.9/24 dev eth0
        ip -n vm link set eth0 up
        """);

    // Without the bridge's timers and state, which change by themselves.
    private static string BridgeOf(TestHost host) => host.Shell(
        """
        ip -j -d link show dev br0 | sed -E 's/"[a-z_]*timer":[0-9.]*,?//g; s/"(operstate|flags)":[^]"]*("[^"]*"|\])//g'
        ip -j address show dev br0 | sed -E 's/"(operstate|flags)":[^]"]*("[^"]*"|\])//g; s/"[a-z_]*life_time":[0-9]*,?//g'
        ip -4 route show dev br0
        ip -br link show master br0 | cut -d ' ' -f 1 | grep -v ^veth
        """);

    private static string[] AddressesOf(TestHost host) =>
    [
        .. JsonDocument.Parse(host.Shell("ip -4 -j address show dev br0")).RootElement[0].GetProperty("addr_info").EnumerateArray()
            .Select(address => address.GetProperty("local").GetString()!),
    ];
}
