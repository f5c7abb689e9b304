using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Debian's dockerd on a host with our daemon as its network and IPAM driver.</summary>
public sealed class StockEngineTests
{
    private static readonly string[] DaemonArguments = ["--plugin-dir", "/run/docker/plugins"];

    [ProgramFact(DockerDaemon.Program)]
    public void Containers_reach_each_other_by_name_and_are_reached_by_their_published_ports()
    {
        using TestHost host = TestHost.Create();
        using DockerDaemon docker = Start(host);
        Ok(docker, "network", "create", "-d", "netctl", "--ipam-driver", "netctl", "front");
        Ok(docker, "run", "-d", "--name", "db", "--network", "front", "--network-alias", "store", DockerDaemon.Image, "sleep", "1000");
        Ok(docker, "run", "-d", "--name", "web", "--network", "front", "-p", "8080:80", "-p", "127.0.0.1:8081:81/udp",
            DockerDaemon.Image, "sleep", "1000");
        string address = Ok(docker, "inspect", "-f", "{{.NetworkSettings.Networks.front.IPAddress}}", "db");
        string mac = Ok(docker, "inspect", "-f", "{{.NetworkSettings.Networks.front.MacAddress}}", "db");
        string links = Ok(docker, "exec", "db", "ip", "-br", "addr", "show", "eth0");
        Assert.Contains(address, links, StringComparison.Ordinal);
        Assert.Contains(mac, Ok(docker, "exec", "db", "ip", "link", "show", "eth0"), StringComparison.Ordinal);
        Assert.Contains("default via", Ok(docker, "exec", "db", "ip", "route"), StringComparison.Ordinal);
        Assert.Contains("0.0.0.0:8080->80/tcp", host.NetctlOk("ps", "--format", "{{.Ports}}"), StringComparison.Ordinal);
        Assert.Contains(address, host.Shell("ip neighbour show nud permanent"), StringComparison.Ordinal);
        AssertPublished(host, docker, "web");
        host.DoctorIsContent();

        Ok(docker, "rm", "-f", "web", "db");
        Ok(docker, "network", "rm", "front");
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        Assert.DoesNotContain("veth", host.Shell("ip -br link"), StringComparison.Ordinal);
        Assert.Equal("", host.NetctlOk("network", "ls", "-q", "--filter", "name=engine-"));
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Traffic_goes_on_over_restarts_of_either_and_a_running_container_joins_and_leaves()
    {
        using TestHost host = TestHost.Create();
        using DockerDaemon docker = Start(host);
        Ok(docker, "network", "create", "-d", "netctl", "--subnet", "10.77.0.0/24", "front");
        Ok(docker, "network", "create", "-d", "netctl", "--internal", "back");
        Ok(docker, "run", "-d", "--name", "web", "--network", "front", "--ip", "10.77.0.44", "-p", "8080:80",
            DockerDaemon.Image, "sleep", "1000");
        Assert.Contains("10.77.0.44/24", Ok(docker, "exec", "web", "ip", "-br", "addr"), StringComparison.Ordinal);
        AssertPublished(host, docker, "web");

        host.KillDaemon();
        host.StartDaemon(DaemonArguments);
        AssertPublished(host, docker, "web");

        Ok(docker, "network", "connect", "back", "web");
        Assert.Contains("eth1", Ok(docker, "exec", "web", "ip", "-br", "addr"), StringComparison.Ordinal);
        AssertPublished(host, docker, "web");
        Ok(docker, "network", "disconnect", "back", "web");
        Assert.DoesNotContain("eth1", Ok(docker, "exec", "web", "ip", "-br", "addr"), StringComparison.Ordinal);

        Ok(docker, "restart", "-t", "0", "web");
        AssertPublished(host, docker, "web");
        Ok(docker, "stop", "-t", "0", "web");
        Assert.DoesNotContain("veth", host.Shell("ip -br link"), StringComparison.Ordinal);
        Ok(docker, "start", "web");
        AssertPublished(host, docker, "web");
    }

    private static DockerDaemon Start(TestHost host)
    {
        host.OwnEtc();
        DockerDaemon docker = DockerDaemon.Start(host);
        try
        {
            host.StartDaemon(DaemonArguments);
            return docker;
        }
        catch
        {
            docker.Dispose();
            throw;
        }
    }

    private static string Ok(DockerDaemon docker, params string[] arguments)
    {
        Output output = docker.Docker(arguments);
        Assert.True(output.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {output}");
        return output.StandardOutput.TrimEnd('\n');
    }

    private static string Pid(DockerDaemon docker, string container) => Ok(docker, "inspect", "-f", "{{.State.Pid}}", container);

    // From the machine outside, through port 8080 of the host, to port 80 of the container.
    private static void AssertPublished(TestHost host, DockerDaemon docker, string container)
    {
        string pid = Pid(docker, container);
        string got = host.Shell(
            $"""
            nsenter -t {pid} -n timeout 20 sh -c 'echo hello | nc -l -N -p 80' &
            until nsenter -t {pid} -n ss -Hltn 'sport = :80' | grep -q .; do sleep 0.02; done
            ip netns exec outside nc -d -w 5 192.0.2.1 8080
            wait
            """);
        Assert.Equal("hello", got);
    }
}
