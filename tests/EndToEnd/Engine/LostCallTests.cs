using System.Diagnostics;
using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Docker Engine gives something up and netctl is not told, or not told what.</summary>
public sealed class LostCallTests
{
    private static readonly string NetworkId = new('a', 64);
    private static readonly string First = new('b', 64);
    private static readonly string Second = new('c', 64);
    private static readonly string Third = new('d', 64);
    private static readonly string Fourth = new('e', 64);

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

    [KernelFact]
    public void An_endpoint_that_was_never_joined_goes_when_netctl_starts_and_its_address_goes_to_the_next_at_once()
    {
        using TestHost host = TestHost.Create();
        PluginCalls engine = Begin(host);
        string before = KernelState.Of(host);
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, Third, "10.77.0.4/24"));
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, Fourth, "10.77.0.5/24"));
        host.KillDaemon();
        StartDaemon(host);

        // The Engine assigns no address twice that it knows to be in use.
        string next = new('f', 64);
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, next, "10.77.0.4/24"));
        engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(NetworkId, next));
        host.Shell($"ip netns add box3; ip link set vp{next[..12]} netns box3");
        Assert.DoesNotContain(Third[..12], host.NetctlOk("ps", "-a", "--format", "{{.Names}}"), StringComparison.Ordinal);
        TestHost.Eventually("the other goes, too", () => !host.NetctlOk("ps", "-a").Contains(Fourth[..12], StringComparison.Ordinal));
        host.NetctlOk("doctor");
        engine.AskOk("NetworkDriver.DeleteEndpoint", PluginCalls.Endpoint(NetworkId, next));
        host.Shell("ip netns delete box3");
        Assert.Equal(before, KernelState.Of(host));
    }

    [KernelFact]
    public void What_the_engine_had_begun_when_it_died_goes_after_it_has_started()
    {
        using TestHost host = TestHost.Create();
        StartDaemon(host);
        var engine = new PluginCalls(host);
        string pool = (string)engine.AskOk(
            "IpamDriver.RequestPool", new JsonObject { ["AddressSpace"] = "netctl-local", ["Pool"] = "10.77.0.0/24" })["PoolID"]!;
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(NetworkId));
        string before = KernelState.Of(host);
        JsonObject ofNobody = new() { ["PoolID"] = pool, ["Address"] = "10.77.0.2" };
        JsonObject ofEndpoint = new() { ["PoolID"] = pool, ["Address"] = "10.77.0.3" };
        engine.AskOk("IpamDriver.RequestAddress", ofNobody);
        engine.AskOk("IpamDriver.RequestAddress", ofEndpoint);
        var age = Stopwatch.StartNew();
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, Third, "10.77.0.3/24"));

        engine.AskOk("Plugin.Activate");
        engine.AskOk("IpamDriver.GetDefaultAddressSpaces");
        engine.AskOk("NetworkDriver.EndpointOperInfo", PluginCalls.Endpoint(NetworkId, Second)); // nothing is repeated
        string there = host.NetctlOk("ps", "-a");
        Assert.True(there.Contains(Third[..12], StringComparison.Ordinal) || age.Elapsed > TimeSpan.FromSeconds(30), there);
        TestHost.Eventually("the endpoint goes", () => host.NetctlOk("ps", "-aq").Length == 0);
        foreach (JsonObject address in (JsonObject[])[ofNobody, ofEndpoint])
        {
            TestHost.Eventually(
                $"{address} is free", () => !engine.Ask("IpamDriver.RequestAddress", address).ContainsKey("Error"));
        }

        Assert.Equal(before, KernelState.Of(host));
        host.NetctlOk("doctor");
    }

    [KernelFact]
    public void A_network_that_the_engine_was_not_told_of_is_named_with_what_removes_it()
    {
        using TestHost host = TestHost.Create();
        StartDaemon(host);
        var engine = new PluginCalls(host);
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(NetworkId)); // whose answer is lost
        string lost = $"engine-{NetworkId[..12]}";
        JsonObject again = PluginCalls.Network(new string('d', 64));
        string refusal = (string)engine.Ask("NetworkDriver.CreateNetwork", again)["Err"]!;
        Assert.Contains($"overlaps 10.77.0.0/24 of network {lost}", refusal, StringComparison.Ordinal);
        string remedy = $"netctl network rm -f {lost}";
        Assert.Contains($"docker network ls does not show {NetworkId[..12]}, remove it with {remedy}", refusal, StringComparison.Ordinal);
        var reserved = new JsonObject { ["AddressSpace"] = "netctl-local", ["Pool"] = "10.77.0.0/24" };
        Assert.Contains(remedy, (string)engine.Ask("IpamDriver.RequestPool", reserved)["Error"]!, StringComparison.Ordinal);
        host.NetctlOk(remedy.Split(' ')[1..]);
        engine.AskOk("IpamDriver.RequestPool", reserved);
        engine.AskOk("NetworkDriver.CreateNetwork", again);

        // So it is with one whose subnet the Engine has reserved here.
        Assert.Contains(
            $"netctl network rm -f engine-{new string('d', 12)}",
            (string)engine.Ask("NetworkDriver.CreateNetwork", PluginCalls.Network(NetworkId))["Err"]!,
            StringComparison.Ordinal);
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
