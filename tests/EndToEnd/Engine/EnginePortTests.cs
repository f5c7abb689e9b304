using System.Globalization;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Ports that Docker Engine's users publish on networks of ours.</summary>
public sealed class EnginePortTests(EngineTown town) : IClassFixture<EngineTown>, IDisposable
{
    [ProgramFact(DockerDaemon.Program)]
    public void Published_ports_are_reached_where_they_are_published_and_nowhere_else()
    {
        town.Network("front", "--ipv6", "--subnet", "172.30.0.0/24", "--subnet", "fd00:30::/64");
        town.Network("other", "--subnet", "172.31.0.0/24");
        town.Container(
            "a1", "--network", "front", "-p", "8080:80", "-p", "8080:80/udp", "-p", "9000-9002:90-92", "-p", "127.0.0.1:8081:80",
            "-p", "[::1]:8082:82", "-p", "192.0.2.1:8083:80", "-p", "[2001:db8::1]:8084:80");
        town.Container("b1", "--network", "front");
        town.Container("c1", "--network", "other", "-p", "8090:80");
        town.Serve("a1", "tcp", 80, 82, 90, 91, 92);
        town.Serve("a1", "udp", 80);
        town.Serve("c1", "tcp", 80);
        town.AssertReach(
            """
                                        out  host  b1   c1
            tcp 192.0.2.1:8080      a1  own  own   nat  own
            tcp [2001:db8::1]:8080  a1  own  own   nat  no
            tcp 127.0.0.1:8080      a1  .    own   no   no
            tcp [::1]:8080          a1  no   own   no   no
            udp 192.0.2.1:8080      a1  own  own   nat  own
            udp [2001:db8::1]:8080  a1  own  own   nat  no
            tcp 192.0.2.1:9000      a1  own  own   nat  own
            tcp 192.0.2.1:9002      a1  own  own   nat  own
            tcp [2001:db8::1]:9001  a1  own  own   nat  no
            tcp 127.0.0.1:8081      a1  no   own   no   no   # the neighbour on the wire routes 127.0.0.0/8 to the host
            tcp 192.0.2.1:8081      a1  no   no    no   no
            tcp [::1]:8082          a1  no   own   no   no
            tcp [2001:db8::1]:8082  a1  no   no    no   no
            tcp 192.0.2.1:8083      a1  own  own   nat  own
            tcp 172.30.0.1:8083     a1  no   no    no   no
            tcp [2001:db8::1]:8084  a1  own  own   nat  no
            tcp 192.0.2.1:8084      a1  no   no    no   no
            tcp 192.0.2.1:8090      c1  own  own   own  nat
            tcp 172.30.0.2:80       a1  no   own   own  no   # its own address is none that others reach
            tcp [fd00:30::2]:80     a1  no   own   own  no
            """);
        Assert.Equal(
            """
            80/tcp -> 0.0.0.0:8080
            80/tcp -> 127.0.0.1:8081
            80/tcp -> 192.0.2.1:8083
            80/tcp -> [2001:db8::1]:8084
            80/tcp -> [::]:8080
            80/udp -> 0.0.0.0:8080
            80/udp -> [::]:8080
            82/tcp -> [::1]:8082
            90/tcp -> 0.0.0.0:9000
            90/tcp -> [::]:9000
            91/tcp -> 0.0.0.0:9001
            91/tcp -> [::]:9001
            92/tcp -> 0.0.0.0:9002
            92/tcp -> [::]:9002
            """,
            Sorted(town.Ports("a1", "front")));
        Assert.Contains("0.0.0.0:8090->80/tcp", town.Host.NetctlOk("ps", "--format", "{{.Ports}}"), StringComparison.Ordinal);
        Assert.Equal("", town.Ok("port", "a1")); // the Engine does not ask a driver in another program
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Host_ports_that_are_left_open_are_chosen_each_another()
    {
        town.Network("front", "--ipv6", "--subnet", "172.30.0.0/24", "--subnet", "fd00:30::/64");
        town.Container("a1", "--network", "front", "-P", "--expose", "80", "--expose", "53/udp", "-p", "9100-9109:81");
        town.Container("b1", "--network", "front", "-p", "80", "-p", "9100-9109:81");
        town.Serve("a1", "tcp", 80, 81);
        town.Serve("a1", "udp", 53);
        town.Serve("b1", "tcp", 80, 81);
        string[] a = [HostPort("a1", "80/tcp"), HostPort("a1", "53/udp"), HostPort("a1", "81/tcp")];
        string[] b = [HostPort("b1", "80/tcp"), HostPort("b1", "81/tcp")];
        Assert.Equal(("9100", "9101"), (a[2], b[1]));
        Assert.Equal(5, a.Concat(b).Distinct().Count());
        town.AssertReach(
            $"""
                                          out
            tcp 192.0.2.1:{a[0]}      a1  own
            tcp [2001:db8::1]:{a[0]}  a1  own
            udp 192.0.2.1:{a[1]}      a1  own
            tcp 192.0.2.1:9100        a1  own
            tcp 192.0.2.1:{b[0]}      b1  own
            tcp 192.0.2.1:9101        b1  own
            """);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Ports_go_with_the_container_and_come_back_with_it()
    {
        const string Reached =
            """
                                    out  host
            tcp 192.0.2.1:8080  a1  own  own
            udp 192.0.2.1:8080  a1  own  own
            """;
        town.Network("front", "--ipam-driver", "netctl", "--subnet", "172.30.0.0/24");
        town.Container("a1", "--network", "front", "-p", "8080:80", "-p", "8080:80/udp");
        Serve();
        town.AssertReach(Reached);
        foreach (string[] end in (string[][])[["stop", "-t", "0", "a1"], ["kill", "a1"]])
        {
            town.Ok(end);
            AssertGone();
            town.Ok("start", "a1");
            Again();
        }

        town.Ok("restart", "-t", "0", "a1");
        Again();
        town.Ok("pause", "a1");
        town.Ok("unpause", "a1");
        town.AssertReach(Reached);
        town.Ok("rm", "-f", "a1");
        AssertGone();
        town.Ok("run", "--rm", "--name", "a1", "--network", "front", "-p", "8080:80", DockerDaemon.Image, "true");
        TestHost.Eventually("the container that has ended is removed", () => town.Ok("ps", "-aq").Length == 0);
        AssertGone();

        void Again()
        {
            town.Enter("a1");
            Serve();
            town.AssertReach(Reached);
        }

        void Serve()
        {
            town.Serve("a1", "tcp", 80);
            town.Serve("a1", "udp", 80);
        }
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_port_that_is_taken_is_refused_with_who_has_it_and_the_container_starts_once_it_is_free()
    {
        town.Network("front", "--ipam-driver", "netctl", "--subnet", "172.30.0.0/24");
        town.Serve("host", "tcp", 8080);
        string program = town.Refused("run", "--name", "a1", "--network", "front", "-p", "8080:80", DockerDaemon.Image, "true");
        Assert.Contains("8080", program, StringComparison.Ordinal);
        Assert.Contains("dotnet", program, StringComparison.Ordinal); // the program of the tests
        AssertGone(hostPort: null);
        Assert.Equal("", town.Host.NetctlOk("ps", "-aq"));

        town.Container("b1", "--network", "front", "-p", "8081:80");
        string container = town.Refused("run", "--name", "c1", "--network", "front", "-p", "8081:80", DockerDaemon.Image, "true");
        Assert.Contains($"engine-{town.EndpointField("b1", "front", "EndpointID")[..12]}", container, StringComparison.Ordinal);

        town.Clear();
        town.Network("front", "--ipam-driver", "netctl", "--subnet", "172.30.0.0/24");
        town.Container("a1", "--network", "front", "-p", "8080:80");
        town.Serve("a1", "tcp", 80);
        town.AssertReach(
            """
                                    out
            tcp 192.0.2.1:8080  a1  own
            """);
    }

    public void Dispose() => town.AssertNothingIsLeft();

    private string HostPort(string container, string port) =>
        town.Ports(container, "front").Split('\n').First(line => line.StartsWith(port, StringComparison.Ordinal)).Split(':')[^1];

    // Neither a socket nor a rule nor a link is left of a published port.
    private void AssertGone(int? hostPort = 8080)
    {
        if (hostPort is { } port)
        {
            string number = port.ToString(CultureInfo.InvariantCulture);
            Assert.DoesNotContain($":{number} ", town.Host.Shell("ss -Hltun"), StringComparison.Ordinal);
            Assert.Equal("", town.Host.Shell($"(iptables-save; nft list ruleset) | grep -v '^#' | grep -w {number} || true"));
        }

        Assert.DoesNotContain("veth", town.Host.Shell("ip -br link"), StringComparison.Ordinal);
    }

    private static string Sorted(string lines) => string.Join('\n', lines.Split('\n').Order(StringComparer.Ordinal));
}
