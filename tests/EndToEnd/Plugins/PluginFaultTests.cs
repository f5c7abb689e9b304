using System.Diagnostics;

namespace Net.Tests.EndToEnd.Plugins;

/// <summary>Plug-ins that refuse, lie, or do not answer: a clear error, nothing left over, and the network usable again
/// afterwards.</summary>
public sealed class PluginFaultTests
{
    public static TheoryData<string, string, string> Faults => new()
    {
        { "NetworkDriver.CreateEndpoint", "{\"Err\":\"no more\"}", "no more" },
        { "NetworkDriver.CreateEndpoint", "{\"Interface\":{\"Address\":\"10.9.9.9/24\"}}", "driver modified interface address" },
        { "NetworkDriver.CreateEndpoint", "{\"Interface\":{\"MacAddress\":\"zz\"}}", "no Ethernet address" },
        { "NetworkDriver.Join", "status 500", "the plug-in is unwell" },
        { "NetworkDriver.Join", "{\"InterfaceName\":{\"SrcName\":\"nosuch0\",\"DstPrefix\":\"eth\"}}", "the host has no such link" },
        { "NetworkDriver.Join", "{\"InterfaceName\":{\"SrcName\":\"a/b\",\"DstPrefix\":\"eth\"}}", "SrcName" },
        { "NetworkDriver.Join", "{\"InterfaceName\":{\"SrcName\":\"lo\",\"DstPrefix\":\"eth\"}}", "does not move it" },
        { "NetworkDriver.Join", "{\"Gateway\":\"300.1.1.1\"}", "Gateway" },
        { "NetworkDriver.Join", "{\"StaticRoutes\":[null]}", "a route" },
        { "NetworkDriver.Join", "{\"InterfaceName\":", "makes no sense" },
        { "NetworkDriver.Join", "[1,2]", "makes no sense" },
        { "NetworkDriver.Join", "large", "longer than 1 MiB" },
        { "NetworkDriver.Join", "drop", "wires" },
        { "NetworkDriver.ProgramExternalConnectivity", "{\"Err\":\"no ports\"}", "no ports" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_start_that_fails_by_the_plug_in_says_why_and_leaves_nothing(string method, string fault, string words)
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        plugin.Misbehave($"{method} {fault}");
        Output refused = host.Netctl("run", "-d", "--name", "web", "--network", "net", "sleep", "1000");
        Assert.Equal(125, refused.ExitCode);
        Assert.Contains(words, refused.StandardError);
        Assert.Equal(1, refused.StandardError.Count(character => character == '\n'));
        Assert.Empty(plugin.Known("endpoints"));

        plugin.Misbehave();
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "sleep", "1000");
        host.NetctlOk("exec", "web", "ping", "-c1", "-w10", "10.77.0.1");
        host.NetctlOk("rm", "-f", "web");
        host.NetctlOk("network", "rm", "net");
        host.DoctorIsContentAtOnce();
    }

    [Fact]
    public void What_runs_can_be_removed_beside_a_plug_in_that_no_longer_says_what_it_is()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "sleep", "1000");
        host.KillDaemon();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        plugin.Misbehave("Plugin.Activate status 500");
        host.NetctlOk("rm", "-f", "web");
        host.NetctlOk("network", "rm", "net");
        Assert.Contains("wires", host.Netctl("doctor").StandardOutput);
        plugin.Misbehave();
        TestHost.Eventually("the plug-in is told", () => plugin.Known("networks").Count == 0 && plugin.Known("endpoints").Count == 0);
    }

    [Fact]
    public void A_plug_in_that_is_gone_with_its_socket_is_said_to_be_so()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        plugin.Kill();
        File.Delete(Path.Combine(PluginProcess.FolderOf(host), "wires.sock"));
        Output refused = host.Netctl("run", "-d", "--network", "net", "sleep", "1000");
        Assert.Equal(125, refused.ExitCode);
        Assert.Contains("the socket is not there", refused.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("Cannot assign", refused.StandardError, StringComparison.Ordinal);
        plugin.Start();
        host.NetctlOk("network", "rm", "net");
    }

    [Theory]
    [InlineData("{\"Err\":\"too many networks\"}", "too many networks")]
    [InlineData("status 500", "unwell")]
    [InlineData("{", "makes no sense")]
    public void A_network_that_the_plug_in_does_not_make_is_not_there_and_its_subnet_is_free(string fault, string words)
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        plugin.Misbehave($"NetworkDriver.CreateNetwork {fault}");
        Output refused = host.Netctl("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(words, refused.StandardError);
        Assert.DoesNotContain("net", host.NetctlOk("network", "ls", "--filter", "driver=wires", "--format", "{{.Name}}"));
        host.NetctlOk("network", "create", "--subnet", "10.77.0.0/24", "again");
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("slowly")]
    public void A_plug_in_that_takes_its_time_holds_up_nobody_else_and_fails_within_its_limit(string fault)
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        plugin.Misbehave($"NetworkDriver.Join {fault}");
        using Process slow = host.Start(
            Environment.GetEnvironmentVariable("NETCTL_BINARY") ?? "netctl", "run", "-d", "--name", "web", "--network", "net", "true");
        TestHost.Eventually("the plug-in is asked", () => plugin.Methods.Contains("NetworkDriver.Join"));
        host.NetctlOk("network", "create", "other");
        host.NetctlOk("run", "--rm", "--network", "other", "true");
        Assert.False(slow.HasExited);
        Assert.True(slow.WaitForExit(60_000), "the start does not fail within its limit");
        Assert.Equal(125, slow.ExitCode);
        Assert.Contains("has not answered", slow.StandardError.ReadToEnd());
    }

    [Theory]
    [InlineData("{\"Implements\":[\"VolumeDriver\"]}", "does not say that it is one")]
    [InlineData("nonsense", "makes no sense")]
    [InlineData("status 500", "unwell")]
    public void A_plug_in_that_is_something_else_makes_no_network(string fault, string words)
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        plugin.Misbehave($"Plugin.Activate {fault}");
        Output refused = host.Netctl("network", "create", "-d", "wires", "net");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(words, refused.StandardError);
        plugin.Misbehave();
        host.NetctlOk("network", "create", "-d", "wires", "net");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_end_of_the_daemon_and_a_reset_wait_for_no_answer(bool resets)
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        plugin.Misbehave("NetworkDriver.Join hang");
        using Process start = host.Start("sh", "-c", "exec \"$NETCTL\" run -d --name web --network net sleep 1000");
        TestHost.Eventually("the plug-in is asked", () => plugin.Methods.Contains("NetworkDriver.Join"));
        if (resets)
        {
            host.NetctlOk("system", "reset", "-f");
        }
        else
        {
            host.StopDaemon();
        }

        Assert.True(start.WaitForExit(60_000), "the start does not end");
        Assert.NotEqual(0, start.ExitCode);
        plugin.Misbehave();
        if (!resets)
        {
            host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
            host.Netctl("rm", "-f", "web");
            host.NetctlOk("network", "rm", "net");
        }

        TestHost.Eventually("all is told", () => host.Netctl("doctor").ExitCode == 0);
        Assert.Empty(plugin.Known("endpoints").Concat(plugin.Known("networks")));
        Assert.DoesNotContain("rb", host.Shell("ip -br link | grep -o '^r[bhc][0-9a-f]*' || true"));
        Assert.Empty(host.NetctlOk("ps", "-aq"));
    }
}
