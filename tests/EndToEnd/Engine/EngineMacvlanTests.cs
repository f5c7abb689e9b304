using System.Text.Json;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Containers of Docker Engine that our macvlan driver puts on a link of the host.</summary>
public sealed class EngineMacvlanTests(EngineTown town) : IClassFixture<EngineTown>, IDisposable
{
    [ProgramFact(DockerDaemon.Program)]
    public void Containers_are_on_the_wire_themselves_and_reach_each_other_by_name()
    {
        OnLan("lan1");
        town.Container("a1", "--network", "lan1", "--ip", "192.0.2.70", "--mac-address", "02:11:22:33:44:55");
        town.Container("b1", "--network", "lan1", "-p", "8080:80");
        town.Serve("a1", "tcp", 80);
        town.Serve("out", "tcp", 7000);
        JsonElement link = LinkOf("a1");
        Assert.Equal("macvlan", link.GetProperty("linkinfo").GetProperty("info_kind").GetString());
        Assert.Equal("bridge", link.GetProperty("linkinfo").GetProperty("info_data").GetProperty("mode").GetString());
        Assert.Equal(town.Ip("link show lan")[0].GetProperty("ifindex").GetInt32(), link.GetProperty("link_index").GetInt32());
        Assert.Equal("02:11:22:33:44:55", link.GetProperty("address").GetString());
        Assert.Equal(LinkOf("b1").GetProperty("address").GetString(), town.EndpointField("b1", "lan1", "MacAddress"));
        Assert.Equal("192.0.2.2", town.EndpointField("a1", "lan1", "Gateway"));
        Assert.Contains("default via 192.0.2.2 dev eth0", town.In("a1", "ip route"), StringComparison.Ordinal);
        Assert.Equal("192.0.2.70", town.Resolve("b1", "a1"));
        town.AssertReach(
            """
                                     out  host  b1
            tcp 192.0.2.70:80   a1   own  no    own  # the host does not reach links that share its own
            tcp 192.0.2.2:7000  out  own  own   own
            """);

        // Ports are not published, as with Docker's own macvlan driver: there is no host between the container and the wire.
        Assert.Equal("", town.Ports("b1", "lan1"));
        Assert.Equal("", town.Ok("port", "b1"));
        Assert.DoesNotContain(":8080", town.Host.Shell("ss -Hltn"), StringComparison.Ordinal);
        town.Host.DoctorIsContent();
        AssertNoneOnHost();

        town.Ok("restart", "-t", "0", "a1");
        town.Enter("a1");
        town.Serve("a1", "tcp", 80);
        town.AssertReach(
            """
                                   out  b1
            tcp 192.0.2.70:80  a1  own  own
            """);
        town.Ok("network", "disconnect", "lan1", "a1");
        AssertNoneOnHost();
        town.Ok("network", "connect", "--ip", "192.0.2.71", "lan1", "a1");
        town.AssertReach(
            """
                                   out  b1
            tcp 192.0.2.71:80  a1  own  own
            """);
        town.Ok("kill", "a1");
        town.Ok("rm", "-f", "b1");
        AssertNoneOnHost();
    }

    [ProgramFact(DockerDaemon.Program)]
    public void The_mode_is_the_one_that_was_asked_for()
    {
        foreach (string mode in (string[])["private", "vepa"])
        {
            OnLan(mode, "-o", $"macvlan_mode={mode}", "-o", "com.docker.network.driver.mtu=1400");
            town.Container("a1", "--network", mode);
            JsonElement link = LinkOf("a1");
            Assert.Equal(mode, link.GetProperty("linkinfo").GetProperty("info_data").GetProperty("mode").GetString());
            Assert.Equal(1400, link.GetProperty("mtu").GetInt32());
            town.Clear();
        }

        OnLan("alone", "-o", "macvlan_mode=passthru");
        string mac = town.Ip("link show lan")[0].GetProperty("address").GetString()!;
        Assert.Contains(
            "leave --mac-address out",
            town.Refused("run", "--name", "bad", "--network", "alone", "--mac-address", "02:11:22:33:44:55", DockerDaemon.Image, "true"),
            StringComparison.Ordinal);
        town.Container("a1", "--network", "alone");
        Assert.Equal(mac, LinkOf("a1").GetProperty("address").GetString());
        string second = town.Refused("run", "--name", "bad2", "--network", "alone", DockerDaemon.Image, "true");
        Assert.Contains("passthru", second, StringComparison.Ordinal);
        Assert.Single(town.Host.NetctlOk("ps", "-aq").Split('\n'));
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_network_without_a_parent_leads_nowhere()
    {
        string island = town.Network("island", "-o", "driver=macvlan", "--subnet", "172.30.0.0/24");
        town.Container("a1", "--network", "island");
        town.Container("b1", "--network", "island");
        town.Serve("a1", "tcp", 80);
        Assert.DoesNotContain("default", town.In("a1", "ip route"), StringComparison.Ordinal);
        town.AssertReach(
            """
                                   out  host  b1
            tcp 172.30.0.2:80  a1  no   no    own
            """);
        Assert.Contains($"dm-{island[..12]}", town.Host.Shell("ip -br link"), StringComparison.Ordinal);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void What_cannot_be_is_refused_in_a_sentence_and_leaves_nothing()
    {
        OnLan("passthru", "-o", "macvlan_mode=passthru");
        foreach ((string[] options, string words) in ((string[], string)[])
            [
                (["driver=macvlan", "parent=nosuch"], "the host has no link nosuch"),
                (["driver=macvlan", "parent=lo"], "loopback"),
                (["driver=macvlan", "macvlan_mode=bogus"], "unknown macvlan mode bogus"),
                (["driver=macvlan", "com.docker.network.bridge.name=x"], "unknown option"),
                (["driver=macvlan", "parent=lan"], "passthru"), // a link in that mode has its parent for itself
            ])
        {
            string told = town.Refused(
                ["network", "create", "-d", "netctl", .. options.SelectMany(option => (string[])["-o", option]), "bad"]);
            Assert.Contains(words, told, StringComparison.Ordinal);
            Assert.DoesNotContain("bad", town.NetworkNames());
        }

        town.Ok("network", "rm", "passthru");
        if (town.Host.Run("sh", "-c", "ip link add link lan name t type ipvlan mode l2 && ip link delete t").ExitCode != 0)
        {
            string told = town.Refused("network", "create", "-d", "netctl", "-o", "driver=ipvlan", "-o", "parent=lan", "bad");
            Assert.Contains("CONFIG_IPVLAN", told, StringComparison.Ordinal);
        }
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_link_that_waits_outlasts_a_mending_and_a_restart_of_netctl_and_the_container_keeps_its_own()
    {
        OnLan("lan1");
        town.Container("a1", "--network", "lan1", "--ip", "192.0.2.75");
        town.Serve("a1", "tcp", 80);
        var engine = new PluginCalls(town.Host, "/run/docker/plugins/netctl.sock");
        string network = town.Ok("network", "inspect", "-f", "{{.Id}}", "lan1");
        string endpoint = new('e', 64);
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(network, endpoint, "192.0.2.90/24"));
        string waiting = $"vp{endpoint[..12]}";
        string seen = town.Host.Shell($"ip -d link show {waiting}");
        Assert.DoesNotContain("UP", seen.Split('>')[0], StringComparison.Ordinal);
        town.Host.NetctlOk("doctor", "--fix");
        town.RestartNetctl();
        town.Host.NetctlOk("doctor", "--fix");
        Assert.Equal(seen, town.Host.Shell($"ip -d link show {waiting}"));
        town.AssertReach(
            """
                                   out
            tcp 192.0.2.75:80  a1  own
            """);
        Assert.Equal(
            waiting, (string?)engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(network, endpoint))["InterfaceName"]!["SrcName"]);
        engine.AskOk("NetworkDriver.DeleteEndpoint", PluginCalls.Endpoint(network, endpoint));
        AssertNoneOnHost();
    }

    public void Dispose() => town.AssertNothingIsLeft();

    // The neighbour on the wire is the router.
    private void OnLan(string name, params string[] options) => town.Network(
        name,
        [
            "--ipam-driver", "netctl", "-o", "driver=macvlan", "-o", "parent=lan", "--subnet", "192.0.2.0/24", "--gateway", "192.0.2.2",
            "--ip-range", "192.0.2.64/26", "--aux-address", "host=192.0.2.1", .. options,
        ]);

    private JsonElement LinkOf(string container) => town.IpIn(container, "-d link show eth0")[0];

    private void AssertNoneOnHost()
    {
        string links = town.Host.Shell("ip -d link");
        Assert.DoesNotContain("macvlan", links, StringComparison.Ordinal);
        Assert.DoesNotContain("veth", town.Host.Shell("ip -br link | grep -v ^lan || true"), StringComparison.Ordinal);
    }
}
