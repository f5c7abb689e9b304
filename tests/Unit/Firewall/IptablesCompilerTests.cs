using System.Net;

using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Firewall;
using Net.Firewall.Iptables;

namespace Net.Tests.Unit.Firewall;

public class IptablesCompilerTests
{
    private static readonly BridgePolicy Web = new()
    {
        Owner = OwnerId.Of(NetworkId.Parse(new string('a', 64))),
        Bridge = "br-web",
        IPv4 = IPNetwork.Parse("172.18.0.0/22"),
    };

    [Fact]
    public void A_bridge_lets_out_lets_back_in_and_is_kept_from_other_bridges() => Assert.Equal(
        """
        raw NETCTL -d 127.0.0.0/8 -i br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        raw NETCTL -s 127.0.0.0/8 -i br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        filter NETCTL-ISOLATION-1 -i br-web ! -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j NETCTL-ISOLATION-2
        filter NETCTL-ISOLATION-2 -o br-web -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        filter NETCTL-FORWARD -o br-web -m conntrack --ctstate RELATED,ESTABLISHED,DNAT -m comment --comment "netctl:aaaaaaaaaaaa" -j ACCEPT
        filter NETCTL-FORWARD -i br-web ! -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j ACCEPT
        filter NETCTL-FORWARD -i br-web -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j ACCEPT
        filter NETCTL-FORWARD ! -i br-web -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        nat POSTROUTING -s 172.18.0.0/22 ! -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j MASQUERADE
        nat POSTROUTING -s 172.18.0.0/22 -o br-web -m conntrack --ctstate DNAT -m comment --comment "netctl:aaaaaaaaaaaa" -j MASQUERADE
        nat POSTROUTING -s 127.0.0.0/8 -o br-web -m conntrack --ctstate DNAT -m comment --comment "netctl:aaaaaaaaaaaa" -j MASQUERADE
        """,
        Text(Web));

    [Fact]
    public void An_internal_bridge_is_closed_in_both_families_though_it_has_one() =>
        Assert.Equal(
            [FirewallFamily.IPv4, FirewallFamily.IPv6],
            IptablesCompiler.Compile(Web with { Internal = true }).Select(rule => rule.Family).Distinct());

    [Fact]
    public void An_internal_bridge_needs_no_IPv6_rules_where_the_kernel_has_no_IPv6() =>
        Assert.DoesNotContain(IptablesCompiler.Compile(Web with { Internal = true }, ipv6Available: false), rule => rule.Family == FirewallFamily.IPv6);

    [Fact]
    public void A_bridge_without_IPv6_has_no_IPv6_rules() =>
        Assert.DoesNotContain(IptablesCompiler.Compile(Web), rule => rule.Family == FirewallFamily.IPv6);

    [Theory]
    [InlineData("0.0.0.0", "172.18.0.2", "nat NETCTL -p udp -m udp --dport 8080 -m comment --comment \"netctl:eeeeeeeeeeee\" -j DNAT --to-destination 172.18.0.2:80")]
    [InlineData("192.0.2.1", "172.18.0.2", "nat NETCTL -d 192.0.2.1/32 -p udp -m udp --dport 8080 -m comment --comment \"netctl:eeeeeeeeeeee\" -j DNAT --to-destination 172.18.0.2:80")]
    [InlineData("::", "fd00::2", "nat NETCTL -p udp -m udp --dport 8080 -m comment --comment \"netctl:eeeeeeeeeeee\" -j DNAT --to-destination [fd00::2]:80")]
    [InlineData("::1", "fd00::2", "raw NETCTL -d ::1/128 ! -i lo -p udp -m udp --dport 8080 -m comment --comment \"netctl:eeeeeeeeeeee\" -j DROP")]
    public void A_published_port_is_one_rule(string host, string container, string rule) => Assert.Equal(rule, Text(Port(host, container)));

    [Fact]
    public void A_port_on_loopback_is_guarded_before_anything_else_sees_it() =>
        Assert.Equal(["raw", "nat"], IptablesCompiler.Compile(Port("127.0.0.1", "172.18.0.2")).Select(rule => rule.Table));

    [Fact]
    public void A_plan_inserts_jumps_in_their_order_and_makes_only_what_is_not_there()
    {
        IptablesState state = IptablesState.Parse(FirewallFamily.IPv4, "*filter\n:FORWARD ACCEPT [0:0]\n:NETCTL-USER - [0:0]\n-A FORWARD -m comment --comment \"netctl:host\" -j NETCTL-FORWARD\nCOMMIT\n");
        IReadOnlyList<IptablesRule> port = IptablesCompiler.Compile(Port("0.0.0.0", "172.18.0.2"));
        string[] filter = [.. IptablesPlan.From(state, [.. port], []).ToCommands().Where(line => !line.Contains(" -t ", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "iptables -N NETCTL-ISOLATION-1",
                "iptables -N NETCTL-ISOLATION-2",
                "iptables -N NETCTL-FORWARD",
                "iptables -D FORWARD -m comment --comment \"netctl:host\" -j NETCTL-FORWARD",
                "iptables -I FORWARD -m comment --comment \"netctl:host\" -j NETCTL-FORWARD",
                "iptables -I FORWARD -m comment --comment \"netctl:host\" -j NETCTL-ISOLATION-1",
                "iptables -I FORWARD -m comment --comment \"netctl:host\" -j NETCTL-USER",
            ],
            filter);
    }

    [Fact]
    public void A_rule_that_is_gone_is_not_deleted_and_one_that_is_there_twice_is_deleted_twice()
    {
        IReadOnlyList<IptablesRule> rules = IptablesCompiler.Compile(Web);
        IptablesRule there = rules[^1];
        IptablesState state = IptablesState.Parse(
            FirewallFamily.IPv4, $"*nat\n-A {there.Chain} {there.Specification}\n-A {there.Chain} {there.Specification}\nCOMMIT\n");
        string line = $"-D {there.Chain} {there.Specification}\n";
        Assert.Equal($"*nat\n{line}{line}COMMIT\n", IptablesPlan.From(state, [], rules).ToRestoreText());
    }

    [Theory]
    [InlineData("-i lo -m comment --comment \"netctl:host x\" -j DROP", "host")]
    [InlineData("-i lo -m comment --comment plain -j DROP", null)]
    [InlineData("-i lo -j DROP", null)]
    [InlineData("-m comment --comment \"", null)]
    public void Ours_is_told_from_others_by_the_comment(string specification, string? owner) =>
        Assert.Equal(owner, new IptablesRule(FirewallFamily.IPv4, "filter", "INPUT", specification).Owner);

    private static PublishedPort Port(string host, string container) => new()
    {
        Owner = OwnerId.Of(EndpointId.Parse(new string('e', 64))),
        Bridge = "br-web",
        Protocol = PortProtocol.Udp,
        HostAddress = IPAddress.Parse(host),
        HostPort = 8080,
        ContainerAddress = IPAddress.Parse(container),
        ContainerPort = 80,
    };

    private static string Text(FirewallPolicy policy) =>
        string.Join('\n', IptablesCompiler.Compile(policy).Select(rule => $"{rule.Table} {rule.Chain} {rule.Specification}"));
}
