using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Containers of Docker Engine that are on several networks of ours, and join and leave them while they run.</summary>
public sealed class EngineMembershipTests(EngineTown town) : IClassFixture<EngineTown>, IDisposable
{
    // Whom a is reached by and reaches, whichever of its networks is the way out.
    private const string Reached =
        """
                                out  host
        tcp 192.0.2.1:8080  a1  own  own
        udp 192.0.2.1:8080  a1  own  own
        """;

    [ProgramFact(DockerDaemon.Program)]
    public void The_way_out_and_the_ports_move_to_the_network_that_is_left()
    {
        Networks();
        town.Container("a1", "--network", "one", "-p", "8080:80", "-p", "8080:80/udp");
        Serve();
        Assert.Equal("172.30.0.1", Gateway());
        town.AssertReach(Reached);
        town.Ok("network", "connect", "--ip", "172.31.0.44", "--alias", "shop", "two", "a1");
        Assert.Contains("172.31.0.44/24", town.In("a1", "ip -br address"), StringComparison.Ordinal);
        town.AssertReach(Reached);
        AssertPublishedBy(Gateway() == "172.30.0.1" ? "one" : "two");

        foreach ((string leave, string rest, string gateway) in ((string, string, string)[])
            [("one", "two", "172.31.0.1"), ("two", "one", "172.30.0.1")])
        {
            town.Ok("network", "disconnect", leave, "a1");
            Assert.Equal(gateway, Gateway());
            Assert.Single(Interfaces());
            town.AssertReach(Reached);
            AssertPublishedBy(rest);
            town.Ok("network", "connect", leave, "a1");
            Assert.Equal(2, Interfaces().Length);
            town.AssertReach(Reached);
        }

        town.Ok("restart", "-t", "0", "a1");
        town.Enter("a1");
        Serve();
        Assert.Equal(2, Interfaces().Length);
        town.AssertReach(Reached);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void An_internal_network_is_no_way_out_and_takes_none_away()
    {
        Networks();
        town.Container("a1", "--network", "inside", "-p", "8080:80", "-p", "8080:80/udp");
        Serve();
        Assert.Equal("", Gateway());
        town.AssertReach(
            """
                                    out  host
            tcp 192.0.2.1:8080  a1  no   no
            """);
        town.Ok("network", "connect", "one", "a1");
        Assert.Equal("172.30.0.1", Gateway());
        town.AssertReach(Reached);
        town.Ok("network", "disconnect", "one", "a1");
        Assert.Equal("", Gateway());
        town.AssertReach(
            """
                                    out  host
            tcp 192.0.2.1:8080  a1  no   no
            """);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_container_joins_and_leaves_networks_of_the_engines_own_bridge_driver_as_well()
    {
        Networks();
        town.Ok("network", "create", "-d", "bridge", "--subnet", "172.28.0.0/24", "theirs");
        town.Container("a1", "--network", "one", "-p", "8080:80", "-p", "8080:80/udp");
        Serve();
        town.Ok("network", "connect", "theirs", "a1");
        town.AssertReach(Reached);
        town.Ok("network", "disconnect", "one", "a1");
        Assert.Equal("172.28.0.1", Gateway());
        town.AssertReach(Reached);
        Assert.Contains("8080", town.Ok("port", "a1"), StringComparison.Ordinal);
        Assert.Equal("", town.Host.NetctlOk("ps", "-aq"));
        town.Ok("network", "connect", "one", "a1");
        town.Ok("network", "disconnect", "theirs", "a1");
        Assert.Equal("172.30.0.1", Gateway());
        town.AssertReach(Reached);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_container_that_is_started_again_with_its_address_is_where_its_neighbours_remember_it()
    {
        town.Network("one", "--ipv6", "--subnet", "172.30.0.0/24", "--subnet", "fd00:30::/64");
        town.Container("a1", "--network", "one", "--ip", "172.30.0.77", "--ip6", "fd00:30::77");
        town.Container("b1", "--network", "one");
        Assert.Equal(0, town.Try("b1", "ping", "-c1", "-w10", "172.30.0.77").ExitCode);
        Assert.Equal(0, town.Try("b1", "ping", "-c1", "-w10", "fd00:30::77").ExitCode);
        string remembered = Remembered();
        Assert.Equal("02:42:ac:1e:00:4d 02:42:ac:1e:00:4d", remembered);
        town.Ok("restart", "-t", "0", "a1");
        Assert.Equal(remembered, Remembered());
        Assert.Equal(remembered[..17], town.IpIn("a1", "link show eth0")[0].GetProperty("address").GetString());
        Assert.Equal(remembered[..17], town.EndpointField("a1", "one", "MacAddress"));
        Assert.Equal(0, town.Try("b1", "ping", "-c1", "-w3", "172.30.0.77").ExitCode);
        Assert.Equal(0, town.Try("b1", "ping", "-c1", "-w3", "fd00:30::77").ExitCode);

        // An address that another has chosen for itself is not given a second time.
        town.Container("c1", "--network", "one", "--ip", "172.30.0.88", "--mac-address", "02:42:ac:1e:00:63");
        town.Container("d1", "--network", "one", "--ip", "172.30.0.99");
        Assert.NotEqual("02:42:ac:1e:00:63", town.EndpointField("d1", "one", "MacAddress"));
        Assert.Equal(0, town.Try("d1", "ping", "-c1", "-w10", "172.30.0.88").ExitCode);

        string Remembered() => string.Join(' ', town.IpIn("b1", "neigh").EnumerateArray()
            .Where(entry => entry.GetProperty("dst").GetString()!.EndsWith("77", StringComparison.Ordinal))
            .Select(entry => entry.GetProperty("lladdr").GetString()));
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Neighbours_are_those_of_each_network_by_name_and_by_address()
    {
        Networks();
        town.Container("a1", "--network", "one", "--network-alias", "first");
        town.Container("b1", "--network", "two");
        town.Container("c1", "--network", "one");
        town.Serve("a1", "tcp", 80);
        town.AssertReach(
            """
                                   b1  c1
            tcp 172.30.0.2:80  a1  no  own
            """);
        Assert.Equal(("172.30.0.2", ""), (town.Resolve("c1", "first"), town.Resolve("b1", "a1")));

        town.Ok("network", "connect", "--ip", "172.31.0.44", "--alias", "second", "two", "a1");
        Assert.Equal(
            ("172.31.0.44", "172.31.0.44", "", "172.30.0.2"),
            (town.Resolve("b1", "a1"), town.Resolve("b1", "second"), town.Resolve("b1", "first"), town.Resolve("c1", "a1")));
        town.AssertReach(
            """
                                    b1   c1
            tcp 172.31.0.44:80  a1  own  no
            tcp 172.30.0.2:80   a1  no   own
            """);
        town.Ok("network", "disconnect", "two", "a1");
        Assert.Equal("", town.Resolve("b1", "a1"));
        town.AssertReach(
            """
                                    b1  c1
            tcp 172.31.0.44:80  a1  no  no
            tcp 172.30.0.2:80   a1  no  own
            """);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_network_with_containers_is_not_removed_and_one_that_a_stopped_container_is_on_is()
    {
        Networks();
        town.Container("a1", "--network", "one");
        Assert.Contains("active endpoints", town.Refused("network", "rm", "one"), StringComparison.Ordinal);
        Output ours = town.Host.Netctl("network", "rm", Id("one"));
        Assert.Contains("is Docker Engine's", ours.StandardError, StringComparison.Ordinal);
        town.Ok("network", "connect", "two", "a1");
        town.Ok("stop", "-t", "0", "a1");
        string id = Id("two");
        town.Ok("network", "rm", "two");
        Assert.DoesNotContain(id[..12], town.Host.Shell("ip -br link"), StringComparison.Ordinal);
        Assert.NotEqual("", town.Refused("start", "a1"));
        Assert.Equal("", town.Host.NetctlOk("ps", "-aq"));
        town.Ok("network", "disconnect", "-f", "two", "a1");
        town.Ok("start", "a1");
        Assert.Single(town.Host.NetctlOk("ps", "-q").Split('\n'));
    }

    public void Dispose() => town.AssertNothingIsLeft();

    private void Networks()
    {
        town.Network("one", "--ipam-driver", "netctl", "--subnet", "172.30.0.0/24");
        town.Network("two", "--subnet", "172.31.0.0/24");
        town.Network("inside", "--internal", "--subnet", "172.29.0.0/24");
    }

    private void Serve()
    {
        town.Serve("a1", "tcp", 80);
        town.Serve("a1", "udp", 80);
    }

    private string Id(string network) => town.Ok("network", "inspect", "-f", "{{.Id}}", network);

    private string Gateway() => town.In("a1", "ip route show default") is { Length: > 0 } route ? route.Split(' ')[2] : "";

    private string[] Interfaces() =>
        [.. town.In("a1", "ip -br link").Split('\n').Where(line => line.StartsWith("eth", StringComparison.Ordinal))];

    private void AssertPublishedBy(string network)
    {
        Assert.Contains("80/tcp -> 0.0.0.0:8080", town.Ports("a1", network), StringComparison.Ordinal);
        Assert.Single(town.Host.NetctlOk("ps", "--format", "{{.Ports}}").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
