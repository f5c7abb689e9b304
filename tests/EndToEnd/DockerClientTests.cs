using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Docker's own client, as a user points it at netctl's socket with <c>docker -H</c>.</summary>
public sealed class DockerClientTests
{
    [ProgramFact("docker")]
    public void Docker_restarts_renames_and_kills_a_container()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        string first = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "c");
        DockerOk(host, "restart", "-t", "0", "c");
        string second = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "c");
        Assert.NotEqual(first, second);
        Assert.Equal("sleep", host.Shell($"cat /proc/{second}/comm"));
        DockerOk(host, "rename", "c", "d");
        Assert.Equal("d", host.NetctlOk("ps", "--format", "{{.Names}}"));
        DockerOk(host, "kill", "d");
        TestHost.Eventually("it has ended", () => host.NetctlOk("ps", "-q") == "");
    }

    [ProgramFact("docker")]
    public void Docker_inspect_finds_a_network_and_a_container_by_name_alone_and_says_what_is_neither()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string network = host.NetctlOk("network", "create", "--subnet", "10.61.0.0/24", "front");
        string container = host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "sleep", "1000");

        Assert.Equal($"{network} 10.61.0.0/24", DockerOk(host, "inspect", "-f", "{{.Id}} {{(index .IPAM.Config 0).Subnet}}", "front"));
        Assert.Equal(container, DockerOk(host, "inspect", "-f", "{{.Id}}", "web"));
        Output neither = Docker(host, "inspect", "nothing");
        Assert.NotEqual(0, neither.ExitCode);
        Assert.Contains("No such object: nothing", neither.StandardError, StringComparison.OrdinalIgnoreCase);
    }

    [ProgramFact("docker")]
    public void Docker_makes_lists_connects_disconnects_and_removes_networks()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string id = DockerOk(
            host, "network", "create", "--subnet", "10.62.0.0/24", "-o", "com.docker.network.bridge.name=br-front", "front");
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        DockerOk(host, "network", "connect", "--ip", "10.62.0.9", "front", "web");

        Assert.Equal("10.62.0.9", Address(host, "eth1"));
        Assert.Equal("10.62.0.9", DockerOk(host, "inspect", "-f", "{{.NetworkSettings.Networks.front.IPAMConfig.IPv4Address}}", "web"));
        Assert.Equal(Address(host, "eth0"), DockerOk(host, "inspect", "-f", "{{.NetworkSettings.Networks.bridge.IPAddress}}", "web"));
        Assert.Contains("front", DockerOk(host, "network", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);
        Assert.Contains("sleep 1000", DockerOk(host, "ps", "--no-trunc"), StringComparison.Ordinal);
        DockerOk(host, "network", "disconnect", "front", "web");
        Assert.NotEqual(0, host.Netctl("exec", "web", "ip", "link", "show", "eth1").ExitCode);
        Assert.Equal("front", DockerOk(host, "network", "rm", "front"));
        Assert.NotEqual(0, host.Run("ip", "link", "show", "br-front").ExitCode);
        Assert.Equal(64, id.Length);
    }

    [ProgramFact("docker")]
    public void Docker_prunes_networks()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "-o", "com.docker.network.bridge.name=br-front", "front");
        Assert.Equal("front", DockerOk(host, "network", "ls", "-f", "dangling=true", "--format", "{{.Name}}"));
        Assert.Equal("Deleted Networks:\nfront", DockerOk(host, "network", "prune", "-f"));
        Assert.NotEqual(0, host.Run("ip", "link", "show", "br-front").ExitCode);
        Output bogus = Docker(host, "network", "ls", "-f", "type=bogus");
        Assert.Equal(1, bogus.ExitCode);
        Assert.Contains("invalid filter 'type=bogus'", bogus.StandardError, StringComparison.Ordinal);
    }

    private static string Address(TestHost host, string link) => JsonDocument
        .Parse(host.NetctlOk("exec", "web", "ip", "-j", "-4", "address", "show", link))
        .RootElement[0].GetProperty("addr_info")[0].GetProperty("local").GetString()!;

    private static string DockerOk(TestHost host, params string[] arguments)
    {
        Output output = Docker(host, arguments);
        Assert.True(output.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {output}\n{host.DaemonLog}");
        return output.StandardOutput.TrimEnd('\n');
    }

    private static Output Docker(TestHost host, params string[] arguments) =>
        host.Run("docker", ["--config", Path.Combine(host.Root, "docker"), "-H", $"unix://{host.Socket}", .. arguments]);
}
