using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Options of bridge networks that Docker has not.</summary>
public sealed class BridgeOptionTests
{
    [KernelFact]
    public void Isolated_ports_exchange_nothing_and_reach_the_gateway_and_what_is_beyond()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "-o", "netctl.port_isolation=true", "--subnet", "10.5.0.0/24", "net0");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net0", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "b", "--network", "net0", "sleep", "1000");
        host.NetctlOk("exec", "a", "ping", "-c1", "-w10", "10.5.0.1");
        host.NetctlOk("exec", "b", "ping", "-c1", "-w10", "192.0.2.2");
        Assert.NotEqual(0, host.Netctl("exec", "a", "ping", "-c1", "-W1", "10.5.0.3").ExitCode);
        host.NetctlOk("exec", "a", "ip", "route", "add", "10.5.0.3/32", "via", "10.5.0.1"); // by way of the host
        Assert.NotEqual(0, host.Netctl("exec", "a", "ping", "-c1", "-W1", "10.5.0.3").ExitCode);

        string[] ports = [.. host.Shell("ip -br link show type veth | grep ^veth | cut -d @ -f 1").Split('\n')];
        Assert.Equal(2, ports.Length);
        Assert.All(ports, port => Assert.True(IsIsolated(host, port)));
        host.Shell($"ip link set dev {ports[0]} type bridge_slave isolated off");
        Assert.Contains("port isolation is off", host.Netctl("doctor").StandardOutput, StringComparison.Ordinal);
        host.NetctlOk("doctor", "--fix");
        Assert.True(IsIsolated(host, ports[0]));
    }

    [KernelFact]
    public void Default_route_has_the_metric_of_its_network_and_moves_with_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "-o", "netctl.metric=77", "--ipv6", "--subnet", "10.5.0.0/24", "net0");
        host.NetctlOk("network", "create", "--subnet", "10.6.0.0/24", "net1");
        host.NetctlOk("network", "create", "-o", "netctl.no_default_route=true", "--subnet", "10.7.0.0/24", "net2");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "net2", "sleep", "1000");
        Assert.Equal([], DefaultRoutes(host));
        host.NetctlOk("network", "connect", "net0", "a");
        Assert.Equal(["10.5.0.1 77"], DefaultRoutes(host));
        Assert.Contains("metric 77", host.NetctlOk("exec", "a", "ip", "-6", "route", "show", "default"), StringComparison.Ordinal);
        host.DoctorIsContentAtOnce();
        host.NetctlOk("network", "connect", "--gw-priority", "1", "net1", "a");
        Assert.Equal(["10.6.0.1 0"], DefaultRoutes(host));
        host.NetctlOk("network", "disconnect", "net1", "a");
        Assert.Equal(["10.5.0.1 77"], DefaultRoutes(host));
        host.NetctlOk("network", "disconnect", "net0", "a");
        Assert.Equal([], DefaultRoutes(host));
        host.DoctorIsContentAtOnce();
    }

    private static bool IsIsolated(TestHost host, string port) =>
        JsonDocument.Parse(host.Shell($"ip -j -d link show dev {port}")).RootElement[0].GetProperty("linkinfo")
            .GetProperty("info_slave_data").GetProperty("isolated").GetBoolean();

    private static string[] DefaultRoutes(TestHost host) =>
    [
        .. JsonDocument.Parse(host.NetctlOk("exec", "a", "ip", "-j", "-4", "route", "show", "default")).RootElement.EnumerateArray()
            .Select(route => $"{route.GetProperty("gateway").GetString()} {Metric(route)}"),
    ];

    private static int Metric(JsonElement route) => route.TryGetProperty("metric", out JsonElement metric) ? metric.GetInt32() : 0;
}
