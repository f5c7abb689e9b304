using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Bridges, host ends and containers' interfaces learn no routes from whoever shouts, and have no IPv6 where there is
/// none.</summary>
public sealed class LinkSettingTests
{
    [KernelFact]
    public void Nothing_of_ours_takes_router_advertisements_or_redirects()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "-o", "com.docker.network.bridge.name=br-six", "six");
        host.NetctlOk("network", "create", "-o", "com.docker.network.bridge.name=br-four", "four");
        host.NetctlOk("create", "--name", "c", "--network", "six", "--network", "four");

        string[] ports = [.. JsonDocument.Parse(host.Shell("ip -j link show type veth")).RootElement.EnumerateArray()
            .Where(link => link.TryGetProperty("master", out JsonElement master)
                && master.GetString()!.StartsWith("br-", StringComparison.Ordinal))
            .Select(link => link.GetProperty("ifname").GetString()!)];
        Assert.Equal(2, ports.Length);
        foreach (string link in (string[])["br-six", "br-four", .. ports])
        {
            Assert.Equal("0", Read(host, $"ipv6/conf/{link}/accept_ra"));
            Assert.Equal("0", Read(host, $"ipv6/conf/{link}/accept_redirects"));
            Assert.Equal("0", Read(host, $"ipv4/conf/{link}/accept_redirects"));
        }

        // Of an LLDP frame a bridge would learn whatever address it claims, before any rule sees it.
        Assert.All(
            (string[])["br-six", "br-four"],
            bridge => Assert.Contains("no_linklocal_learn 1", host.Shell($"ip -d link show {bridge}"), StringComparison.Ordinal));
        Assert.Equal("0", Read(host, "ipv6/conf/br-six/disable_ipv6"));
        Assert.All((string[])["br-four", .. ports], link => Assert.Equal("1", Read(host, $"ipv6/conf/{link}/disable_ipv6")));
        Assert.Equal("0", host.NetctlOk("exec", "c", "cat", "/proc/sys/net/ipv6/conf/eth0/accept_ra"));
        Assert.Equal("1", host.NetctlOk("exec", "c", "cat", "/proc/sys/net/ipv6/conf/eth1/disable_ipv6"));
        Assert.Equal("", host.NetctlOk("exec", "c", "ip", "-6", "address", "show", "dev", "eth1"));
    }

    private static string Read(TestHost host, string setting) => host.Shell($"cat /proc/sys/net/{setting}");
}
