using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>The host's end of a container of Docker Engine is netctl's, and what others do to it is undone; the container's end is the
/// Engine's.</summary>
public sealed class HostEndTests
{
    private static readonly string Network = new('a', 64);
    private static readonly string Endpoint = new('b', 64);

    [KernelFact]
    public void What_others_do_to_the_hosts_end_is_undone_and_the_other_end_is_left_alone()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", "nftables");
        var engine = new PluginCalls(host);
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(Network));
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(Network, Endpoint, "10.77.0.2/24"));
        engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(Network, Endpoint));
        host.Shell(
            $"""
            ip netns add box
            ip link set vp{Endpoint[..12]} netns box name eth0
            ip -n box address add 10.77.0.2/24 dev eth0
            ip -n box link set eth0 up mtu 1280
            """);
        string link = $"veth{Endpoint[..7]}";
        string inside = Inside(host);
        host.Shell("ip netns exec box ping -c1 -w10 10.77.0.1");
        string whole = Outside(host, link);
        foreach (string fault in (string[])[$"ip link set {link} down", $"ip link set {link} nomaster"])
        {
            host.Shell(fault);
            TestHost.Eventually($"{fault} is undone", () => Outside(host, link) == whole);
            host.Shell("ip netns exec box ping -c1 -w10 10.77.0.1");
        }

        // Of the first two the kernel tells nothing; who asks need not wait for the look once a minute.
        foreach (string fault in (string[])[
            $"bridge link set dev {link} isolated on", $"ip link set {link} alias ''",
            $"ip link set {link} down; ip link set {link} name other"])
        {
            host.Shell(fault);
            host.NetctlOk("doctor", "--fix");
            Assert.Equal(whole, Outside(host, link));
            host.Shell("ip netns exec box ping -c1 -w10 10.77.0.1");
        }

        Assert.Equal(inside, Inside(host));
        host.Shell("ip -n box link set eth0 down");
        string down = Inside(host);
        host.Netctl("doctor", "--fix");
        Assert.Equal(down, Inside(host));
        host.KillDaemon();
        host.Shell($"ip link set {link} down");
        host.StartDaemon("--firewall-backend", "nftables");
        Assert.Contains("UP", host.Shell($"ip -j link show {link} | jq -c '.[0].flags'"), StringComparison.Ordinal);
        Assert.Equal(down, Inside(host));
    }

    private static string Inside(TestHost host) =>
        host.Shell("ip -n box -j address show eth0 | jq -c '.[0] | [.flags - [\"LOWER_UP\"], .mtu, .address, (.addr_info | map(.local))]'");

    private static string Outside(TestHost host, string link)
    {
        const string Fields = ".[0] | [.flags, .master, .ifalias, .linkinfo.info_slave_data.isolated]";
        return host.Run("sh", "-c", $"ip -d -j link show {link} | jq -c '{Fields}'").ToString();
    }
}
