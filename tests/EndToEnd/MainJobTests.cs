using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The main job, on both firewall backends: a network, two containers, a name, a published port, and nothing left.</summary>
public sealed class MainJobTests
{
    [KernelFact]
    public void Containers_talk_and_nothing_is_left_with_iptables() => MainJob("iptables");

    [KernelFact]
    public void Containers_talk_and_nothing_is_left_with_nftables() => MainJob("nftables");

    private static void MainJob(string backend)
    {
        using TestHost host = TestHost.Create();
        string before = KernelState.Of(host);
        host.StartDaemon("--firewall-backend", backend);
        Directory.CreateDirectory(Path.Combine(host.Root, "www"));
        File.WriteAllText(Path.Combine(host.Root, "www", "index.html"), "hello\n");

        string network = host.NetctlOk("network", "create", "front");
        Assert.Matches("^[0-9a-f]{64}$", network);
        string web = host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "-p", "8080:80",
            "busybox", "httpd", "-f", "-p", "80", "-h", Path.Combine(host.Root, "www"));
        Assert.Matches("^[0-9a-f]{64}$", web);
        host.NetctlOk("run", "-d", "--name", "app", "--network", "front", "sleep", "1000");

        TestHost.Eventually("the server answers", () => host.Netctl("exec", "app", "curl", "-sf", "http://web/").ExitCode == 0);
        Assert.Equal("hello", host.NetctlOk("exec", "app", "curl", "-sf", "http://web/"));
        Assert.Equal("hello\n", host.Outside("curl", "-sf", "--max-time", "5", $"http://{TestHost.Address}:8080/").StandardOutput);
        Assert.Equal("hello\n", host.Run("curl", "-sf", "--max-time", "5", $"http://{TestHost.Address}:8080/").StandardOutput);
        Assert.Equal("hello\n", host.Run("curl", "-sf", "--max-time", "5", "http://127.0.0.1:8080/").StandardOutput);
        Assert.Equal("hello", host.NetctlOk("exec", "app", "curl", "-sf", "--max-time", "5", $"http://{TestHost.Address}:8080/"));
        Assert.Equal("hello", host.NetctlOk("exec", "web", "curl", "-sf", "--max-time", "5", $"http://{TestHost.Address}:8080/"));
        Assert.Contains("0.0.0.0:8080", host.NetctlOk("port", "web", "80/tcp"), StringComparison.Ordinal);

        // An unpublished port is not reachable by routing to the container's address.
        string address = AddressOf(host, "web", "front");
        host.Shell("ip -n outside route add 172.16.0.0/12 via 192.0.2.1");
        Assert.NotEqual(0, host.Outside("curl", "-s", "--max-time", "1", $"http://{address}:80/").ExitCode);

        host.NetctlOk("network", "create", "back");
        host.NetctlOk("network", "connect", "back", "app");
        JsonElement links = JsonDocument.Parse(host.NetctlOk("exec", "app", "ip", "-j", "address")).RootElement;
        Assert.Equal(["lo", "eth0", "eth1"], links.EnumerateArray().Select(l => l.GetProperty("ifname").GetString()));
        JsonElement inspected = JsonDocument.Parse(host.NetctlOk("network", "inspect", "back")).RootElement[0];
        Assert.Equal("app", inspected.GetProperty("Containers").EnumerateObject().Single().Value.GetProperty("Name").GetString());
        host.NetctlOk("network", "disconnect", "back", "app");
        links = JsonDocument.Parse(host.NetctlOk("exec", "app", "ip", "-j", "address")).RootElement;
        Assert.Equal(["lo", "eth0"], links.EnumerateArray().Select(l => l.GetProperty("ifname").GetString()));

        host.NetctlOk("rm", "-f", "web", "app");
        host.NetctlOk("network", "rm", "front", "back");
        host.NetctlOk("system", "reset", "-f");
        host.StopDaemon();
        Assert.Equal(before, KernelState.Of(host));
        Assert.Empty(host.Processes());
    }

    private static string AddressOf(TestHost host, string container, string network) =>
        JsonDocument.Parse(host.NetctlOk("inspect", container)).RootElement[0]
            .GetProperty("NetworkSettings").GetProperty("Networks").GetProperty(network).GetProperty("IPAddress").GetString()!;
}
