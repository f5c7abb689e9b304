using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.Plugins;

/// <summary>Networks of a plug-in: a real one, in another process, on a real kernel.</summary>
public sealed class RemoteDriverTests
{
    [Fact]
    public void A_container_on_a_plug_ins_network_has_the_link_addresses_and_routes_that_the_plug_in_says()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        string id = host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "-o", "colour=red", "net");
        JsonNode created = plugin.Calls.Single(call => call.Method == "NetworkDriver.CreateNetwork").Body!;
        Assert.Equal(id, (string?)created["NetworkID"]);
        Assert.Equal("red", (string?)created["Options"]!["com.docker.network.generic"]!["colour"]);
        Assert.Equal("10.77.0.1/24", (string?)created["IPv4Data"]![0]!["Gateway"]);

        host.NetctlOk("run", "-d", "--name", "web", "--network", "name=net,driver-opt=speed=9", "-p", "8080:80", "sleep", "1000");
        JsonNode link = JsonNode.Parse(host.NetctlOk("exec", "web", "ip", "-j", "address", "show", "dev", "eth0"))![0]!;
        Assert.StartsWith("02:fe:", (string?)link["address"]);
        Assert.Equal("10.77.0.2", (string?)link["addr_info"]![0]!["local"]);
        Assert.Equal("UP", (string?)link["operstate"]);
        JsonArray routes = JsonNode.Parse(host.NetctlOk("exec", "web", "ip", "-j", "route"))!.AsArray();
        Assert.Contains(routes, route => (string?)route!["dst"] == "default" && (string?)route["gateway"] == "10.77.0.1");
        Assert.Contains(routes, route => (string?)route!["dst"] == "198.51.100.0/24" && (string?)route["dev"] == "eth0");
        Assert.Equal(0, host.Run("ping", "-c1", "-w10", "10.77.0.2").ExitCode);

        JsonNode made = plugin.Calls.Single(call => call.Method == "NetworkDriver.CreateEndpoint").Body!;
        Assert.Equal("10.77.0.2/24", (string?)made["Interface"]!["Address"]);
        Assert.Equal("9", (string?)made["Options"]!["speed"]);
        JsonNode way = plugin.Calls.Single(call => call.Method == "NetworkDriver.ProgramExternalConnectivity").Body!;
        JsonNode port = way["Options"]!["com.docker.network.portmap"]![0]!;
        Assert.Equal((6, 80, 8080), ((int)port["Proto"]!, (int)port["Port"]!, (int)port["HostPort"]!));

        host.NetctlOk("publish", "web", "9090:90");
        JsonNode again = plugin.Calls.Last(call => call.Method == "NetworkDriver.ProgramExternalConnectivity").Body!;
        Assert.Equal(
            [8080, 9090], again["Options"]!["com.docker.network.portmap"]!.AsArray().Select(map => (int)map!["HostPort"]!).Order());

        host.NetctlOk("rm", "-f", "web");
        host.NetctlOk("network", "rm", "net");
        Assert.Equal(
            [
                "NetworkDriver.RevokeExternalConnectivity", "NetworkDriver.Leave", "NetworkDriver.DeleteEndpoint",
                "NetworkDriver.DeleteNetwork",
            ],
            plugin.Methods.TakeLast(4));
        Assert.Empty(plugin.Known("networks"));
        Assert.Empty(plugin.Known("endpoints"));
        Assert.DoesNotContain("rb", host.Shell("ip -br link | grep -o '^r[bhc][0-9a-f]*' || true"));
    }

    [Fact]
    public void A_link_that_ended_with_its_container_while_no_daemon_ran_is_not_looked_for()
    {
        using var host = TestHost.Create();
        string[] arguments = ["--plugin-dir", PluginProcess.FolderOf(host)];
        host.StartDaemon(arguments);
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "sleep", "1000");
        string process = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "web");
        host.KillDaemon();
        host.Shell($"kill -9 {process}");
        TestHost.Eventually("the container has ended", () => host.Shims() == 0);
        host.StartDaemon(arguments);
        TestHost.Eventually("the plug-in has been told", () => plugin.Known("endpoints").Count == 0);
        Assert.Equal("exited", host.NetctlOk("inspect", "-f", "{{.State.Status}}", "web"));
        Assert.DoesNotContain("not removed", host.DaemonLog, StringComparison.Ordinal);
        host.DoctorIsContentAtOnce();
    }

    [Fact]
    public void Of_two_networks_with_a_route_to_one_place_the_first_leads_there_and_the_second_when_that_is_left()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.78.0.0/24", "net2");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "--network", "net2", "sleep", "1000");
        Assert.Equal("eth0", Way());
        host.DoctorIsContentAtOnce();
        host.NetctlOk("network", "disconnect", "net", "web");
        Assert.Equal("eth1", Way());
        host.NetctlOk("network", "connect", "net", "web");
        Assert.Equal("eth1", Way());
        host.DoctorIsContentAtOnce();

        string Way() => (string)JsonNode.Parse(host.NetctlOk("exec", "web", "ip", "-j", "route", "show", "198.51.100.0/24"))!
            .AsArray().Single()!["dev"]!;
    }

    [Fact]
    public void An_ethernet_address_that_is_asked_for_is_passed_on_and_kept()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "--mac-address", "02:aa:00:00:00:07", "sleep", "1000");
        JsonNode made = plugin.Calls.Single(call => call.Method == "NetworkDriver.CreateEndpoint").Body!;
        Assert.Equal("02:aa:00:00:00:07", (string?)made["Interface"]!["MacAddress"]);
        JsonNode link = JsonNode.Parse(host.NetctlOk("exec", "web", "ip", "-j", "link", "show", "dev", "eth0"))![0]!;
        Assert.Equal("02:aa:00:00:00:07", (string?)link["address"]);
        host.NetctlOk("restart", "-t", "0", "web");
        link = JsonNode.Parse(host.NetctlOk("exec", "web", "ip", "-j", "link", "show", "dev", "eth0"))![0]!;
        Assert.Equal("02:aa:00:00:00:07", (string?)link["address"]);
    }

    [Fact]
    public void A_link_is_given_back_to_the_host_under_its_name_when_the_container_stops()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "net");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "sleep", "1000");
        plugin.Misbehave("NetworkDriver.DeleteEndpoint {\"Err\":\"not today\"}");
        host.NetctlOk("stop", "-t", "0", "web");
        Assert.Matches("rc[0-9a-f]{8}", host.Shell("ip -br link show type veth"));
        Assert.Contains("not today", host.DaemonLog);
    }

    [Fact]
    public void A_daemon_that_is_killed_takes_up_what_runs_without_asking_and_has_a_lost_link_made_again()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "sleep", "1000");
        int asked = plugin.Calls.Count;
        host.KillDaemon();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        Assert.Equal(0, host.Run("ping", "-c1", "-w10", "10.77.0.2").ExitCode);
        Assert.Equal(asked, plugin.Calls.Count);
        host.DoctorIsContentAtOnce();

        host.Shell("ip link delete $(ip -br link | grep -o '^rh[0-9a-f]*')");
        Assert.NotEqual(0, host.Netctl("doctor").ExitCode);
        host.NetctlOk("doctor", "--fix");
        Assert.Equal(0, host.Run("ping", "-c1", "-w10", "10.77.0.2").ExitCode);
        Assert.Equal(2, plugin.Methods.Count(method => method == "NetworkDriver.Join"));
    }

    [Fact]
    public void Networks_are_connected_and_disconnected_while_a_container_runs_and_the_way_out_moves()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        host.NetctlOk("network", "create", "--subnet", "10.78.0.0/24", "other");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "other", "sleep", "1000");
        host.NetctlOk("network", "connect", "--gw-priority", "1", "net", "web");
        Assert.Contains("default via 10.77.0.1 dev eth1", host.NetctlOk("exec", "web", "ip", "route"));
        Assert.Contains("NetworkDriver.ProgramExternalConnectivity", plugin.Methods);
        host.NetctlOk("network", "disconnect", "net", "web");
        Assert.Contains("default via 10.78.0.1 dev eth0", host.NetctlOk("exec", "web", "ip", "route"));
        Assert.Empty(plugin.Known("endpoints"));
    }

    [Fact]
    public void What_a_plug_in_that_is_away_could_not_be_told_it_is_told_when_it_is_back()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "net");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "sleep", "1000");
        plugin.Kill();
        host.NetctlOk("rm", "-f", "web");
        host.NetctlOk("network", "rm", "net");
        Assert.Contains("wires", host.Netctl("doctor").StandardOutput);
        host.KillDaemon();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        plugin.Start();
        TestHost.Eventually("the plug-in is told", () => plugin.Known("networks").Count == 0 && plugin.Known("endpoints").Count == 0);
        TestHost.Eventually("all is done", () => host.Netctl("doctor").ExitCode == 0);
    }

    [Fact]
    public void Ten_containers_start_at_once()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--ipam-driver", "wires", "--subnet", "10.77.0.0/24", "net");
        host.Shell(
            """
            for i in 0 1 2 3 4 5 6 7 8 9; do "$NETCTL" run -d --name c$i --network net sleep 1000 & runs="$runs $!"; done
            for run in $runs; do wait $run; done
            """);
        string[] addresses = [.. plugin.Taken("pool-10.77.0.0/24")];
        Assert.Equal(11, addresses.Distinct().Count());
        foreach (string address in addresses)
        {
            Assert.Equal(0, host.Run("ping", "-c1", "-w10", address).ExitCode);
        }

        Assert.Equal(10, plugin.Known("endpoints").Count);
        host.NetctlOk(["rm", "-f", .. Enumerable.Range(0, 10).Select(i => $"c{i}")]);
        host.NetctlOk("network", "rm", "net");
        Assert.Empty(plugin.Known("endpoints").Concat(plugin.Known("networks")).Concat(plugin.Known("pools")));
    }

    [Theory]
    [InlineData("rm {0}/data/netctl.db*")]
    [InlineData("rm -r {0}/data {0}/run/mirror")]
    public void A_container_is_taken_up_again_without_the_store(string loss)
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        host.NetctlOk("network", "create", "-d", "wires", "--ipam-driver", "wires", "--subnet", "10.77.0.0/24", "net");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net", "sleep", "1000");
        host.KillDaemon();
        host.Shell(string.Format(loss, host.Root));
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        Assert.Equal(0, host.Run("ping", "-c1", "-w10", "10.77.0.2").ExitCode);
        TestHost.Eventually("all is well", () => host.Netctl("doctor").ExitCode == 0);
        host.NetctlOk("run", "--rm", "--network", "net", "ping", "-c1", "-w10", "10.77.0.2");
        host.NetctlOk("rm", "-f", "web");
        host.NetctlOk("network", "rm", "net");
        Assert.Empty(plugin.Known("endpoints").Concat(plugin.Known("networks")).Concat(plugin.Known("pools")));
        host.DoctorIsContentAtOnce();
    }
}
