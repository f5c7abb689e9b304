using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Options of our drivers that Docker Engine's users give with <c>docker network create -o</c>.</summary>
public sealed class EngineOptionTests(EngineTown town) : IClassFixture<EngineTown>, IDisposable
{
    [ProgramFact(DockerDaemon.Program)]
    public void Bridge_name_and_MTU_are_those_that_were_given()
    {
        town.Network(
            "front", "--subnet", "172.30.0.0/24", "-o", "driver=bridge", "-o", "com.docker.network.bridge.name=br-mine", "-o",
            "com.docker.network.driver.mtu=1400", "-o", "com.docker.network.container_iface_prefix=net");
        town.Container("a1", "--network", "front");
        Assert.Equal(1400, town.Ip("link show br-mine")[0].GetProperty("mtu").GetInt32());
        Assert.Equal(1400, town.IpIn("a1", "link show net0")[0].GetProperty("mtu").GetInt32());
        Assert.Equal("br-mine", town.Ip("link show type veth master br-mine")[0].GetProperty("master").GetString());
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Without_communication_inside_neighbours_reach_published_ports_alone()
    {
        town.Network("closed", "--subnet", "172.30.0.0/24", "-o", "com.docker.network.bridge.enable_icc=false");
        town.Network("ports", "--subnet", "172.31.0.0/24", "-o", "netctl.port_isolation=true");
        foreach ((string network, string a, string b, string port) in ((string, string, string, string)[])
            [("closed", "a1", "b1", "8080"), ("ports", "a2", "b2", "8090")])
        {
            town.Container(a, "--network", network, "-p", $"{port}:80");
            town.Container(b, "--network", network);
            town.Serve(a, "tcp", 80, 81);
        }

        town.AssertReach(
            """
                                    out  host  b1   b2
            tcp 172.30.0.2:80   a1  no   own   no   no
            tcp 172.30.0.2:81   a1  no   own   no   no
            tcp 192.0.2.1:8080  a1  own  own   nat  own
            tcp 172.31.0.2:80   a2  no   own   no   no
            tcp 192.0.2.1:8090  a2  own  own   own  nat
            """);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void The_host_binding_is_where_ports_are_published_that_name_no_address()
    {
        town.Network("front", "--subnet", "172.30.0.0/24", "-o", "com.docker.network.bridge.host_binding_ipv4=127.0.0.1");
        town.Container("a1", "--network", "front", "-p", "8080:80", "-p", "192.0.2.1:8081:80");
        town.Serve("a1", "tcp", 80);
        town.AssertReach(
            """
                                    out  host
            tcp 127.0.0.1:8080  a1  no   own
            tcp 192.0.2.1:8080  a1  no   no
            tcp 192.0.2.1:8081  a1  own  own
            """);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Gateway_modes_hold()
    {
        town.Network("routed", "--subnet", "172.30.0.0/24", "-o", "com.docker.network.bridge.gateway_mode_ipv4=routed");
        town.Network("open", "--subnet", "172.31.0.0/24", "-o", "com.docker.network.bridge.gateway_mode_ipv4=nat-unprotected");
        string id = town.Network(
            "island", "--internal", "--subnet", "172.29.0.0/24", "-o", "com.docker.network.bridge.gateway_mode_ipv4=isolated");
        town.Container("r1", "--network", "routed", "-p", "8080:80");
        town.Container("u1", "--network", "open", "-p", "8090:80");
        town.Container("x1", "--network", "island");
        town.Container("x2", "--network", "island");
        foreach (string place in (string[])["r1", "u1", "x2"])
        {
            town.Serve(place, "tcp", 80, 81);
        }

        town.Serve("out", "tcp", 7000);
        town.AssertReach(
            """
                                     out  host  r1   u1   x1
            tcp 172.30.0.2:80   r1   own  own   own  own  no   # a published port is open on the container's own address
            tcp 172.30.0.2:81   r1   no   own   own  no   no
            tcp 192.0.2.1:8080  r1   no   no    no   no   no
            tcp 172.31.0.2:81   u1   own  own   own  own  no
            tcp 192.0.2.1:8090  u1   own  own   own  nat  no
            tcp 172.29.0.3:80   x2   no   no    no   no   own  # not even the host
            tcp 192.0.2.2:7000  out  own  own   own  nat  no
            """);
        Assert.DoesNotContain("172.29.", town.Host.Shell($"ip address show br-{id[..12]}"), StringComparison.Ordinal);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_wrong_option_is_refused_in_a_sentence_and_leaves_nothing()
    {
        string links = town.Host.Shell("ip -br link | awk '{print $1}'");
        foreach ((string option, string words) in ((string, string)[])
            [
                ("com.docker.network.driver.mtu=much", "com.docker.network.driver.mtu=much: is not an MTU; allowed: a number from 68"),
                ("com.docker.network.bridge.enable_icc=maybe", "com.docker.network.bridge.enable_icc=maybe"),
                ("com.docker.network.bridge.name=../x", "com.docker.network.bridge.name=../x"),
                ("com.docker.network.bridge.name=docker0x/y", "com.docker.network.bridge.name=docker0x/y"),
                ("com.docker.network.bridge.gateway_mode_ipv4=isolated", "isolated"),
                ("typo=1", "typo=1: unknown option; allowed: com.docker.network.bridge.name"),
                ("driver=overlay", "option driver: \"overlay\" is none of bridge, macvlan, ipvlan"),
                ("netctl.ports=both", "option netctl.ports: \"both\" is none of netctl, engine"),
                ("parent=lan", "parent=lan: unknown option"),
            ])
        {
            foreach (string[] ipam in (string[][])[[], ["--ipam-driver", "netctl"]])
            {
                string told = town.Refused(["network", "create", "-d", "netctl", .. ipam, "-o", option, "bad"]);
                Assert.Contains(words, told, StringComparison.Ordinal);
                Assert.Single(told.Split('\n', StringSplitOptions.RemoveEmptyEntries));
                Assert.Equal(links, town.Host.Shell("ip -br link | awk '{print $1}'"));
            }
        }

        Assert.DoesNotContain("bad", town.NetworkNames());
    }

    public void Dispose() => town.AssertNothingIsLeft();
}
