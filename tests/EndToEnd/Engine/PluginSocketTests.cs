using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>The daemon as Docker Engine's network and IPAM driver, called as the Engine calls it, without an Engine.</summary>
public sealed class PluginSocketTests
{
    private static readonly string NetworkId = new('a', 64);
    private static readonly string EndpointId = new('b', 64);

    [KernelFact]
    public void It_says_what_it_is()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var engine = new PluginCalls(host);
        Assert.Equal("""{"Implements":["NetworkDriver","IpamDriver"]}""", engine.AskOk("Plugin.Activate").ToJsonString());
        Assert.Equal("local", (string?)engine.AskOk("NetworkDriver.GetCapabilities")["Scope"]);
        Assert.True((bool)engine.AskOk("IpamDriver.GetCapabilities")["RequiresRequestReplay"]!);
        Assert.Equal("netctl-local", (string?)engine.AskOk("IpamDriver.GetDefaultAddressSpaces")["LocalDefaultAddressSpace"]);
        Assert.Equal("600", host.Shell($"stat -c %a {engine.Socket}"));
        Assert.Equal(404, engine.Post("containers/json", "").Status);
        host.StopDaemon();
        Assert.False(File.Exists(engine.Socket));
    }

    [KernelFact]
    public void A_container_of_the_engine_reaches_out_and_is_reached_by_its_published_port_over_a_restart_of_the_daemon()
    {
        using TestHost host = TestHost.Create();
        string before = KernelState.Of(host);
        host.StartDaemon();
        var engine = new PluginCalls(host);
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(NetworkId));
        string mac = (string)engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, EndpointId))["Interface"]!
            ["MacAddress"]!;
        JsonObject joined = engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(NetworkId, EndpointId));
        Assert.Equal("10.77.0.1", (string?)joined["Gateway"]);
        Assert.Equal("eth", (string?)joined["InterfaceName"]!["DstPrefix"]);
        host.Shell(
            $"""
            ip netns add box
            ip link set {joined["InterfaceName"]!["SrcName"]} netns box name eth0 address {mac}
            ip -n box link set lo up
            ip -n box addr add 10.77.0.2/24 dev eth0
            ip -n box link set eth0 up
            ip -n box route add default via 10.77.0.1
            """);
        engine.AskOk(
            "NetworkDriver.ProgramExternalConnectivity", PluginCalls.Endpoint(NetworkId, EndpointId, PluginCalls.Port(8080, 80)));
        Assert.Equal("{}", engine.AskOk("NetworkDriver.EndpointOperInfo", PluginCalls.Endpoint(NetworkId, EndpointId))["Value"]!
            .ToJsonString());
        TestHost.Eventually(
            "the container reaches the machine outside",
            () => host.Run("ip", "netns", "exec", "box", "ping", "-c1", "-W1", "192.0.2.2").ExitCode == 0);
        AssertPublished(host);
        Assert.Contains("0.0.0.0:8080->80/tcp", host.NetctlOk("ps", "--format", "{{.Ports}}"), StringComparison.Ordinal);

        host.KillDaemon();
        host.StartDaemon();
        AssertPublished(host);
        Assert.Equal(0, host.Run("ip", "netns", "exec", "box", "ping", "-c1", "-w3", "192.0.2.2").ExitCode);
        host.NetctlOk("doctor");

        // Docker Engine moves the link back, says that it has left and removes it. Nothing of it is left then.
        JsonObject end = PluginCalls.Endpoint(NetworkId, EndpointId);
        engine.AskOk("NetworkDriver.RevokeExternalConnectivity", end);
        engine.AskOk("NetworkDriver.Leave", end);
        engine.AskOk("NetworkDriver.DeleteEndpoint", end);
        engine.AskOk("NetworkDriver.DeleteNetwork", PluginCalls.Network(NetworkId));
        host.Shell("ip netns delete box");
        host.NetctlOk("system", "reset", "-f");
        host.StopDaemon();
        Assert.Equal(before, KernelState.Of(host));
    }

    private static void AssertPublished(TestHost host)
    {
        string got = host.Shell(
            """
            ip netns exec box timeout 20 sh -c 'echo hello | nc -l -N -p 80' &
            until ip netns exec box ss -Hltn 'sport = :80' | grep -q .; do sleep 0.02; done
            ip netns exec outside nc -d -w 5 192.0.2.1 8080
            wait
            """);
        Assert.Equal("hello", got);
    }
}
