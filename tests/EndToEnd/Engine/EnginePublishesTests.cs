using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Networks of ours whose containers Docker Engine itself connects to the outside (<c>-o netctl.ports=engine</c>).</summary>
public sealed class EnginePublishesTests(EngineTown town) : IClassFixture<EngineTown>, IDisposable
{
    [ProgramFact(DockerDaemon.Program)]
    public void The_engine_publishes_the_ports_and_shows_them()
    {
        town.Network("front", "-o", "netctl.ports=engine", "--subnet", "172.30.0.0/24");
        town.Container("a1", "--network", "front", "-p", "8080:80", "-p", "8080:80/udp");
        town.Container("b1", "--network", "front");
        Assert.Equal("0.0.0.0:8080", town.Ok("port", "a1", "80/tcp"));
        Assert.Contains("0.0.0.0:8080->80/tcp", town.Ok("ps", "--format", "{{.Ports}}", "--filter", "name=a1"), StringComparison.Ordinal);
        Assert.Equal("8080", town.Inspect("a1", """{{(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort}}"""));
        Assert.Equal("", town.Ports("a1", "front"));
        Assert.Contains("docker_gwbridge", town.Ok("network", "ls"), StringComparison.Ordinal);
        Assert.Contains("dev eth1", town.In("a1", "ip route show default"), StringComparison.Ordinal);
        town.Serve("a1", "tcp", 80);
        town.Serve("a1", "udp", 80);
        town.Serve("out", "tcp", 7000);
        town.AssertReach(
            """
                                     out  host  b1
            tcp 192.0.2.1:8080  a1   own  own   .
            udp 192.0.2.1:8080  a1   own  own   .
            tcp 172.30.0.2:80   a1   no   own   own
            tcp 192.0.2.2:7000  out  own  own   nat
            """);
        Assert.Equal("172.30.0.2", town.Resolve("b1", "a1"));

        town.Ok("restart", "-t", "0", "a1");
        town.Enter("a1");
        town.Serve("a1", "tcp", 80);
        Assert.Equal("0.0.0.0:8080", town.Ok("port", "a1", "80/tcp"));
        town.AssertReach(
            """
                                    out
            tcp 192.0.2.1:8080  a1  own
            """);
        town.Host.DoctorIsContent();
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_network_whose_ports_are_ours_takes_the_way_out_and_the_ports_over_and_gives_them_back()
    {
        town.Network("theirs", "-o", "netctl.ports=engine", "--subnet", "172.30.0.0/24");
        town.Network("ours", "--subnet", "172.31.0.0/24");
        town.Container("a1", "--network", "theirs", "-p", "8080:80");
        town.Serve("a1", "tcp", 80);
        const string Reached =
            """
                                    out
            tcp 192.0.2.1:8080  a1  own
            """;
        town.AssertReach(Reached);
        town.Ok("network", "connect", "ours", "a1");
        Assert.Contains("via 172.31.0.1", town.In("a1", "ip route show default"), StringComparison.Ordinal);
        Assert.Contains("0.0.0.0:8080", town.Ports("a1", "ours"), StringComparison.Ordinal);
        town.AssertReach(Reached);
        town.Ok("network", "disconnect", "ours", "a1");
        town.AssertReach(Reached);
        Assert.Equal("0.0.0.0:8080", town.Ok("port", "a1", "80/tcp"));
    }

    public void Dispose() => town.AssertNothingIsLeft();
}
