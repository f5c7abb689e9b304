using System.Diagnostics;
using System.Text.Json.Nodes;
using Net.Tests.EndToEnd.Engine;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>An endpoint that Docker Engine has asked for and never used is named once it is old.</summary>
public sealed class LostEndpointTests
{
    [KernelFact]
    public void One_whose_link_nobody_has_taken_for_long_is_named_and_removed_by_what_doctor_says()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var engine = new PluginCalls(host);
        string network = new('a', 64);
        string lost = new('b', 64);
        string used = new('c', 64);
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(network));
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(network, used, "10.77.0.3/24"));
        engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(network, used));
        host.Shell($"ip netns add box; ip link set vp{used[..12]} netns box");
        JsonObject request = PluginCalls.NewEndpoint(network, lost, "10.77.0.2/24");
        var age = Stopwatch.StartNew();
        engine.AskOk("NetworkDriver.CreateEndpoint", request);
        Output early = host.Netctl("doctor");
        Assert.True(early.ExitCode == 0 || age.Elapsed > TimeSpan.FromSeconds(30), $"{early}"); // it may be about to be used

        ToldFinding found = ToldFinding.Only(host, "lost-endpoint", $"container engine-{lost[..12]}");
        Assert.False(found.IsNote);
        Assert.Contains("10.77.0.2", found.Cause, StringComparison.Ordinal);
        found.Follow(host);
        Assert.Equal($"engine-{used[..12]}", host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));
        Assert.DoesNotContain(lost[..7], host.Shell(Graves.Script + "ip -br link"), StringComparison.Ordinal);
    }
}
