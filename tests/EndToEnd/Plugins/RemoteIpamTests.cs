using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.Plugins;

/// <summary>Addresses that a plug-in hands out, for networks of our own drivers and of its own.</summary>
public sealed class RemoteIpamTests
{
    [Fact]
    public void A_bridge_network_has_the_subnet_and_addresses_that_the_plug_in_chooses()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "book");
        host.NetctlOk("network", "create", "--ipam-driver", "book", "--ipam-opt", "floor=3", "net");
        JsonNode asked = plugin.Calls.Single(call => call.Method == "IpamDriver.RequestPool").Body!;
        Assert.Equal(("here", "3"), ((string?)asked["AddressSpace"], (string?)asked["Options"]!["floor"]));
        JsonNode ipam = JsonNode.Parse(host.NetctlOk("network", "inspect", "net"))![0]!["IPAM"]!;
        Assert.Equal(("book", "3"), ((string?)ipam["Driver"], (string?)ipam["Options"]!["floor"]));
        Assert.Equal("10.99.0.0/24", (string?)ipam["Config"]![0]!["Subnet"]);

        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "sleep", "1000");
        Assert.Contains("10.99.0.2/24", host.NetctlOk("exec", "web", "ip", "-br", "address", "show", "eth0"));
        Assert.Equal(0, host.Run("ping", "-c1", "-w10", "10.99.0.2").ExitCode);
        Assert.Equal(["10.99.0.1", "10.99.0.2"], plugin.Taken("pool-10.99.0.0/24").Order());

        host.NetctlOk("stop", "-t", "0", "web");
        Assert.Equal(["10.99.0.1"], plugin.Taken("pool-10.99.0.0/24"));
        host.NetctlOk("start", "web");
        Assert.Equal(0, host.Run("ping", "-c1", "-w10", "10.99.0.2").ExitCode);
        Output taken = host.Netctl("run", "-d", "--name", "twin", "--network", "net", "--ip", "10.99.0.2", "sleep", "1");
        Assert.Equal(125, taken.ExitCode);
        Assert.Equal(["10.99.0.1", "10.99.0.2"], plugin.Taken("pool-10.99.0.0/24").Order());

        host.NetctlOk("rm", "-f", "web", "twin");
        host.NetctlOk("network", "rm", "net");
        Assert.Empty(plugin.Known("pools"));
        host.DoctorIsContentAtOnce();
    }

    [Theory]
    [InlineData("IpamDriver.RequestPool", "{\"Error\":\"sold out\"}", "sold out")]
    [InlineData("IpamDriver.RequestPool", "{\"PoolID\":\"x\",\"Pool\":\"10.0.0.300/24\"}", "no IPv4 subnet")]
    [InlineData("IpamDriver.RequestPool", "{\"PoolID\":\"x\",\"Pool\":\"fd00::/64\"}", "no IPv4 subnet")]
    [InlineData("IpamDriver.RequestAddress", "{\"Address\":\"192.0.2.77/24\"}", "is not in 10.99.0.0/24")]
    [InlineData("IpamDriver.RequestAddress", "{}", "no address with a prefix length")]
    public void A_plug_in_that_lies_about_subnets_makes_no_network(string method, string fault, string words)
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "book");
        plugin.Misbehave($"{method} {fault}");
        Output refused = host.Netctl("network", "create", "--ipam-driver", "book", "net");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(words, refused.StandardError);
        Assert.Empty(host.NetctlOk("network", "ls", "-q", "--filter", "name=net"));
        Assert.Empty(plugin.Known("pools"));
        plugin.Misbehave();
        host.NetctlOk("network", "create", "--ipam-driver", "book", "net");
    }

    [Fact]
    public void A_daemon_that_is_killed_while_the_driver_is_asked_does_not_ask_for_the_address_again()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "book");
        host.NetctlOk("network", "create", "-d", "book", "--ipam-driver", "book", "net");
        host.NetctlOk("run", "-d", "--name", "app", "sleep", "1000");
        plugin.Misbehave("NetworkDriver.Join hang");
        using Process connect = host.Start("sh", "-c", "exec \"$NETCTL\" network connect net app");
        TestHost.Eventually("the driver is asked", () => plugin.Methods.Contains("NetworkDriver.Join"));
        host.KillDaemon();
        plugin.Misbehave();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        TestHost.Eventually("it is connected", () => host.Netctl("exec", "app", "ip", "-br", "address", "show", "eth1").StandardOutput
            .Contains("10.99.0.2/24", StringComparison.Ordinal));
        TestHost.Eventually("all is well", () => host.Netctl("doctor").ExitCode == 0);
        Assert.Equal(["10.99.0.1", "10.99.0.2"], plugin.Taken("pool-10.99.0.0/24").Order());
    }

    [Fact]
    public void A_plug_in_that_asks_for_it_is_told_again_of_its_reservations_when_the_daemon_starts()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "book");
        plugin.Misbehave("IpamDriver.GetCapabilities {\"RequiresRequestReplay\":true}");
        host.NetctlOk("network", "create", "-d", "book", "--ipam-driver", "book", "net");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "sleep", "1000");
        plugin.Kill();
        host.KillDaemon();
        File.Delete(Path.Combine(plugin.Folder, "state.json"));
        plugin.Start();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        TestHost.Eventually("all is told", () =>
            plugin.Known("pools").Count == 1 && plugin.Taken("pool-10.99.0.0/24").Order().SequenceEqual(["10.99.0.1", "10.99.0.2"]));
        Assert.Equal(0, host.Run("ping", "-c1", "-w10", "10.99.0.2").ExitCode);
    }
}
