using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Which subnets a network may have beside the host's own routes.</summary>
public sealed class RouteOverlapTests
{
    [KernelFact]
    public void A_less_specific_route_by_a_gateway_is_in_nobodys_way()
    {
        using TestHost host = HostOnBothFamilies();
        host.Shell("ip route add 10.0.0.0/8 via 192.0.2.2; ip -6 route add fd00::/8 via 2001:db8:f::2");
        host.StartDaemon();
        Output created = host.Netctl("network", "create", "--subnet", "10.50.0.0/24", "n");
        Assert.Equal((0, ""), (created.ExitCode, created.StandardError));
        host.NetctlOk("run", "-d", "--name", "c", "--network", "n", "sleep", "1000");
        host.Shell("ping -c1 -w10 10.50.0.2");

        // A unique local prefix of the host's own does not mind the route either.
        created = host.Netctl("network", "create", "--ipv6", "six");
        Assert.Equal((0, ""), (created.ExitCode, created.StandardError));
        Assert.StartsWith("fd", Subnet(host, "six", 1), StringComparison.Ordinal);
        Assert.Equal(0, host.Netctl("network", "create", "--ipv6", "--subnet", "fd50::/64", "seven").ExitCode);
    }

    [KernelFact]
    public void A_route_by_a_gateway_that_is_equal_or_inside_is_named_in_a_warning()
    {
        using TestHost host = HostOnBothFamilies();
        host.Shell(
            """
            ip route add 10.60.1.0/24 via 192.0.2.2
            ip route add blackhole 10.61.0.0/24
            ip -6 route add fd60::/64 via 2001:db8:f::2
            """);
        host.StartDaemon();
        foreach ((string name, string subnet, string route) in new (string, string, string)[]
        {
            ("inside", "10.60.0.0/16", "10.60.1.0/24 via 192.0.2.2 dev lan"),
            ("equal", "10.61.0.0/24", "10.61.0.0/24"),
            ("six", "fd60::/64", "fd60::/64 via 2001:db8:f::2 dev lan"),
        })
        {
            Output created = host.Netctl("network", "create", "--ipv6", "--subnet", subnet, name);
            Assert.Equal(0, created.ExitCode);
            Assert.StartsWith("WARNING: ", created.StandardError, StringComparison.Ordinal);
            Assert.Contains(subnet, created.StandardError, StringComparison.Ordinal);
            Assert.Contains($"route {route}", created.StandardError, StringComparison.Ordinal);
        }
    }

    [KernelFact]
    public void A_subnet_that_the_host_is_on_or_that_another_network_has_is_refused()
    {
        using TestHost host = HostOnBothFamilies();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--subnet", "10.50.0.0/24", "taken");
        host.Shell("ip address add 10.72.0.1/32 dev lan");
        string before = KernelState.Of(host);
        foreach ((string subnet, string reason) in new (string, string)[]
        {
            ("192.0.2.128/25", "192.0.2.0/24, which the host is on by lan"),
            ("192.0.0.0/16", "192.0.2.0/24, which the host is on by lan"),
            ("2001:db8:f::/64", "2001:db8:f::/64, which the host is on by lan"),
            ("10.72.0.0/24", "10.72.0.1/32, which the host is on by lan"),
            ("10.50.0.128/25", "network \"taken\""),
        })
        {
            Output refused = host.Netctl("network", "create", "--ipv6", "--subnet", subnet, "n");
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains($"subnet {subnet} overlaps", refused.StandardError, StringComparison.Ordinal);
            Assert.Contains(reason, refused.StandardError, StringComparison.Ordinal);
            Assert.Contains("choose another with --subnet", refused.StandardError, StringComparison.Ordinal);
        }

        Assert.Equal(before, KernelState.Of(host));
    }

    [KernelFact]
    public void Automatic_subnets_lie_beside_every_route_and_inside_a_less_specific_one_only_when_nothing_else_is_left()
    {
        using TestHost host = HostOnBothFamilies();
        host.Shell("ip route add 10.40.0.0/16 via 192.0.2.2; ip route add 10.41.2.0/24 via 192.0.2.2; ip address add 10.41.0.1/24 dev lan");
        host.StartDaemon(
            "--default-address-pool", "base=10.40.0.0/23,size=24", "--default-address-pool", "base=10.41.0.0/22,size=24", "--bip",
            "172.30.0.1/24");
        foreach ((string name, string subnet) in new (string, string)[]
        {
            ("beside", "10.41.1.0/24"),
            ("beside-too", "10.41.3.0/24"),
            ("inside", "10.40.0.0/24"),
            ("inside-too", "10.40.1.0/24"),
        })
        {
            host.NetctlOk("network", "create", name);
            Assert.Equal(subnet, Subnet(host, name, 0));
        }

        Output refused = host.Netctl("network", "create", "none-left");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("default address pools", refused.StandardError, StringComparison.Ordinal);
    }

    private static TestHost HostOnBothFamilies()
    {
        TestHost host = TestHost.Create();
        host.Shell(
            """
            ip address add 2001:db8:f::1/64 dev lan nodad
            ip route add default via 192.0.2.2
            ip -6 route add default via 2001:db8:f::2
            """);
        return host;
    }

    private static string? Subnet(TestHost host, string network, int index) =>
        JsonNode.Parse(host.NetctlOk("network", "inspect", network))![0]!["IPAM"]!["Config"]![index]!["Subnet"]!.ToString();
}
