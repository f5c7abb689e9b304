using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What <c>inspect</c> says, beside what <c>ip</c> and the file system say.</summary>
public sealed class InspectTests
{
    [KernelFact]
    public void The_addresses_on_the_default_bridge_stand_at_the_top_of_the_network_settings()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        JsonElement link = Json(host, "ip", "-j", "address", "show", "dev", "eth0")[0];
        JsonElement address = link.GetProperty("addr_info").EnumerateArray().First(a => a.GetProperty("family").GetString() == "inet");
        string gateway = Json(host, "ip", "-j", "route", "show", "default")[0].GetProperty("gateway").GetString()!;

        Assert.Equal(
            $"{address.GetProperty("local")} {address.GetProperty("prefixlen")} {link.GetProperty("address")} {gateway}",
            Inspect(host, "web", "{{.NetworkSettings.IPAddress}} {{.NetworkSettings.IPPrefixLen}} {{.NetworkSettings.MacAddress}} "
                + "{{.NetworkSettings.Gateway}}"));
        Assert.Equal(
            Inspect(host, "web", "{{.NetworkSettings.Networks.bridge.EndpointID}}"),
            Inspect(host, "web", "{{.NetworkSettings.EndpointID}}"));
        Assert.Equal("|0|", Inspect(
            host, "web", "{{.NetworkSettings.GlobalIPv6Address}}|{{.NetworkSettings.GlobalIPv6PrefixLen}}|"
                + "{{.NetworkSettings.IPv6Gateway}}"));

        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "-d", "--name", "other", "--network", "front", "sleep", "1000");
        Assert.Equal("|0||", Inspect(
            host, "other", "{{.NetworkSettings.IPAddress}}|{{.NetworkSettings.IPPrefixLen}}|{{.NetworkSettings.MacAddress}}|"
                + "{{.NetworkSettings.Gateway}}"));
        Output wrong = host.Netctl("inspect", "-f", "{{.NetworkSettings.Subnet}}", "web");
        Assert.True(wrong.ExitCode == 1 && wrong.StandardOutput == "", wrong.ToString());
    }

    [KernelFact]
    public void The_state_the_paths_and_the_settings_of_a_container_are_there_as_scripts_have_them()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "-h", "alpha", "sh", "-c", "echo written; exec sleep 1000");

        Assert.Equal("false false false false running", Inspect(
            host, "web", "{{.State.Paused}} {{.State.Restarting}} {{.State.OOMKilled}} {{.State.Dead}} {{.State.Status}}"));
        Assert.Equal("0001-01-01T00:00:00Z 0", Inspect(host, "web", "{{.State.FinishedAt}} {{.RestartCount}}"));
        Assert.EndsWith("Z", Inspect(host, "web", "{{.State.StartedAt}}"), StringComparison.Ordinal);
        Assert.Equal("|| no 0 bridge", Inspect(
            host, "web", "{{.Config.User}}|{{.Config.Image}}| {{.HostConfig.RestartPolicy.Name}} "
                + "{{.HostConfig.RestartPolicy.MaximumRetryCount}} {{.HostConfig.NetworkMode}}"));
        Assert.Equal("|", Inspect(host, "web", "{{index .Config.Labels \"none\"}}|"));
        foreach ((string field, string file) in
            new[] { ("HostsPath", "hosts"), ("ResolvConfPath", "resolv.conf"), ("HostnamePath", "hostname") })
        {
            string path = Inspect(host, "web", $"{{{{.{field}}}}}");
            Assert.Equal(host.NetctlOk("exec", "web", "cat", $"/etc/{file}"), host.Shell($"cat '{path}'"));
        }

        TestHost.Eventually("the log has what was written", () => host.NetctlOk("logs", "web") == "written");
        Assert.Contains("written", host.Shell($"cat '{Inspect(host, "web", "{{.LogPath}}")}'/*"), StringComparison.Ordinal);

        host.NetctlOk("stop", "-t", "0", "web");
        Assert.NotEqual("0001-01-01T00:00:00Z", Inspect(host, "web", "{{.State.FinishedAt}}"));
        Assert.Equal("|||0", Inspect(
            host, "web", "{{.HostsPath}}|{{.NetworkSettings.SandboxID}}|{{.NetworkSettings.IPAddress}}|{{.NetworkSettings.IPPrefixLen}}"));

        // While it runs again, the time of its last end stays.
        string finished = Inspect(host, "web", "{{.State.FinishedAt}}");
        host.NetctlOk("start", "web");
        Assert.Equal($"running {finished}", Inspect(host, "web", "{{.State.Status}} {{.State.FinishedAt}}"));
    }

    [KernelFact]
    public void Addresses_that_were_asked_for_are_told_from_those_that_were_chosen()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--subnet", "10.63.0.0/24", "--ipv6", "--subnet", "fd00:63::/64", "front");
        host.NetctlOk("network", "create", "back");
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        host.NetctlOk("network", "connect", "--ip", "10.63.0.63", "front", "web");
        host.NetctlOk("network", "connect", "back", "web");

        const string Asked = "{{json .NetworkSettings.Networks.front.IPAMConfig}}";
        Assert.Equal("""{"IPv4Address":"10.63.0.63"}""", Inspect(host, "web", Asked));
        Assert.Equal("null", Inspect(host, "web", "{{json .NetworkSettings.Networks.back.IPAMConfig}}"));
        Assert.Contains("10.63.0.63/24", host.NetctlOk("exec", "web", "ip", "address", "show", "dev", "eth1"), StringComparison.Ordinal);
        host.NetctlOk("stop", "-t", "0", "web");
        Assert.Equal("""{"IPv4Address":"10.63.0.63"}""", Inspect(host, "web", Asked));

        host.NetctlOk("network", "disconnect", "front", "web");
        host.NetctlOk("network", "connect", "--ip", "10.63.0.64", "--ip6", "fd00:63::64", "front", "web");
        Assert.Equal("""{"IPv4Address":"10.63.0.64","IPv6Address":"fd00:63::64"}""", Inspect(host, "web", Asked));
    }

    [KernelFact]
    public void The_default_network_shows_the_options_that_it_has()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--icc=false", "--ip", "192.0.2.1");
        const string Prefix = "com.docker.network.bridge.";
        Dictionary<string, string> options =
            JsonSerializer.Deserialize<Dictionary<string, string>>(
                host.NetctlOk("network", "inspect", "-f", "{{json .Options}}", "bridge"))!;

        string name = options[Prefix + "name"];
        JsonElement link = JsonDocument.Parse(host.Shell($"ip -j link show dev {name}")).RootElement[0];
        Assert.Equal(link.GetProperty("mtu").ToString(), options["com.docker.network.driver.mtu"]);
        Assert.Equal(("true", "false", "true", "192.0.2.1"), (
            options[Prefix + "default_bridge"], options[Prefix + "enable_icc"], options[Prefix + "enable_ip_masquerade"],
            options[Prefix + "host_binding_ipv4"]));
        Assert.Equal("netctl0", name);

        host.NetctlOk("network", "create", "-o", "com.docker.network.driver.mtu=1400", "front");
        Assert.Equal("map[com.docker.network.driver.mtu:1400]", host.NetctlOk("network", "inspect", "-f", "{{.Options}}", "front"));
        Assert.Equal("", host.NetctlOk("network", "inspect", "-f", "{{index .Labels \"none\"}}", "front"));
    }

    [ProgramFact("docker")]
    public void Docker_s_client_finds_the_same_fields()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--subnet", "10.64.0.0/24", "front");
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        host.NetctlOk("network", "connect", "--ip", "10.64.0.64", "front", "web");
        foreach (string format in new[]
        {
            "{{.NetworkSettings.IPAddress}} {{.NetworkSettings.IPPrefixLen}} {{.NetworkSettings.MacAddress}} {{.NetworkSettings.Gateway}}",
            "{{.NetworkSettings.EndpointID}}|{{.NetworkSettings.GlobalIPv6Address}}|{{.NetworkSettings.SandboxKey}}",
            "{{.State.Paused}} {{.State.Dead}} {{.RestartCount}} {{.HostsPath}} {{.LogPath}} {{.Config.User}}|{{.Config.Image}}",
            "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.NetworkMode}} {{.HostConfig.Links}} {{.Config.Entrypoint}}",
            "{{.NetworkSettings.Networks.front.IPAMConfig.IPv4Address}} {{index .Config.Labels \"none\"}} {{.State.FinishedAt}}",
            "{{printf \"%-20s|%8d|%q|%t\" .Name .State.Pid .Path .State.Dead}} {{pad .Name 2 3}}|{{.Config.Cmd}} {{.HostConfig.Binds}}",
            "{{slice .Id 0 12}} {{slice .Id 60}} {{.Config.Cmd}}",
        })
        {
            Output docker = host.Run(
                "docker", "--config", Path.Combine(host.Root, "docker"), "-H", $"unix://{host.Socket}", "inspect", "-f", format, "web");
            Assert.True(docker.ExitCode == 0, $"{format}: {docker}");
            Assert.Equal(docker.StandardOutput.TrimEnd('\n'), Inspect(host, "web", format));
        }
    }

    private static string Inspect(TestHost host, string container, string format) => host.NetctlOk("inspect", "-f", format, container);

    private static JsonElement Json(TestHost host, params string[] command) =>
        JsonDocument.Parse(host.NetctlOk(["exec", "web", .. command])).RootElement;
}
