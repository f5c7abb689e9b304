using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Docker Engine gives something up and netctl is not told, or not told what.</summary>
public sealed class LostCallTests
{
    private static readonly string NetworkId = new('a', 64);
    private static readonly string First = new('b', 64);
    private static readonly string Second = new('c', 64);

    [KernelFact]
    public void An_endpoint_that_was_given_back_while_netctl_was_away_goes_with_its_port()
    {
        using TestHost host = TestHost.Create();
        PluginCalls engine = Begin(host);
        host.KillDaemon();
        GiveBack(host);
        StartDaemon(host);
        TestHost.Eventually("its port is free", () => Publishes(engine, 8080));
        TestHost.Eventually("its link is gone", () => !host.Shell("ip -br link").Contains($"veth{First[..7]}", StringComparison.Ordinal));
        AssertIsLeft(host, "engine-" + Second[..12]);
    }

    [KernelFact]
    public void A_removal_without_its_content_removes_what_was_given_back()
    {
        using TestHost host = TestHost.Create();
        PluginCalls engine = Begin(host);
        GiveBack(host);
        Assert.Equal((200, "{}"), engine.Post("NetworkDriver.DeleteEndpoint", ""));
        TestHost.Eventually("its port is free", () => Publishes(engine, 8080));
        Assert.Equal((200, "{}"), engine.Post("NetworkDriver.Leave", ""));
        Assert.Equal((200, "{}"), engine.Post("IpamDriver.ReleaseAddress", ""));
        AssertIsLeft(host, "engine-" + Second[..12]);

        // What is to be made cannot be guessed.
        string before = host.NetctlOk("network", "ls", "-q");
        foreach (string method in (string[])
            [
                "NetworkDriver.CreateNetwork", "NetworkDriver.CreateEndpoint", "NetworkDriver.Join",
                "NetworkDriver.ProgramExternalConnectivity", "IpamDriver.RequestPool",
            ])
        {
            Assert.Contains("do it again", engine.Post(method, "").Body, StringComparison.Ordinal);
        }

        Assert.Equal(before, host.NetctlOk("network", "ls", "-q"));
        host.NetctlOk("doctor");
    }

    [KernelFact]
    public void A_network_that_the_engine_has_forgotten_is_removed_by_force()
    {
        using TestHost host = TestHost.Create();
        PluginCalls engine = Begin(host);
        string name = $"engine-{NetworkId[..12]}";
        Output plain = host.Netctl("network", "rm", name);
        Assert.Contains("netctl network rm -f", plain.StandardError, StringComparison.Ordinal);
        Assert.Contains("active endpoints", host.Netctl("network", "rm", "-f", name).StandardError, StringComparison.Ordinal);
        string first = $"engine-{First[..12]}";
        foreach (string[] verb in (string[][])
            [
                ["stop", first], ["restart", first], ["rm", first], ["kill", first], ["pause", first], ["exec", first, "true"],
                ["rename", first, "other"], ["update", "--restart", "always", first], ["run", "--network", $"container:{first}", "true"],
            ])
        {
            Assert.Contains("is Docker Engine's; do it there", $"{verb[0]}: {host.Netctl(verb)}", StringComparison.Ordinal);
        }

        host.NetctlOk("rm", "-f", $"engine-{First[..12]}", $"engine-{Second[..12]}");
        Assert.Equal(name, host.NetctlOk("network", "rm", "-f", name));
        Assert.DoesNotContain(NetworkId[..12], host.Shell("ip -br link"), StringComparison.Ordinal);
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(new string('d', 64))); // on the same subnet
        host.NetctlOk("doctor");
    }

    // Two containers; the first publishes port 8080.
    private static PluginCalls Begin(TestHost host)
    {
        StartDaemon(host);
        var engine = new PluginCalls(host);
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(NetworkId));
        foreach ((string id, string address, string box) in ((string, string, string)[])
            [(First, "10.77.0.2/24", "box1"), (Second, "10.77.0.3/24", "box2")])
        {
            engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, id, address));
            engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(NetworkId, id));
            host.Shell($"ip netns add {box}; ip link set vp{id[..12]} netns {box}");
        }

        JsonObject request = PluginCalls.Endpoint(NetworkId, First, PluginCalls.Port(8080, 80));
        engine.AskOk("NetworkDriver.ProgramExternalConnectivity", request);
        Assert.False(Publishes(engine, 8080));
        return engine;
    }

    private static void StartDaemon(TestHost host) => host.StartDaemon("--firewall-backend", "nftables");

    // As the Engine does when the container ends.
    private static void GiveBack(TestHost host) => host.Shell($"ip -n box1 link set vp{First[..12]} netns $$");

    // Whether the second container can publish a port, that of the first.
    private static bool Publishes(PluginCalls engine, int port) => !engine
        .Ask("NetworkDriver.ProgramExternalConnectivity", PluginCalls.Endpoint(NetworkId, Second, PluginCalls.Port(port, 80)))
        .ContainsKey("Err");

    private static void AssertIsLeft(TestHost host, string name)
    {
        Assert.Equal(name, host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));
        host.NetctlOk("doctor");
    }
}
