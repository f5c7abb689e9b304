using System.Net;

using Net.Cnm.Addresses;
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

    private const string GuardRule = "-m mark ! --mark 0x2000/0x2000 -m comment --comment \"netctl:host\" -j NETCTL-GUARD";
    private const string GuardDrop = "-A NETCTL-GUARD -m comment --comment \"netctl:host\" -j DROP";

    private const string Comment = "-m comment --comment \"netctl:aaaaaaaaaaaa\"";

    [Fact]
    public void A_bridge_lets_out_lets_back_in_and_is_kept_from_all_others() => Assert.Equal(
        $"""
        raw NETCTL -d 127.0.0.0/8 -i br-web {Comment} -j DROP
        raw NETCTL -s 127.0.0.0/8 -i br-web {Comment} -j DROP
        filter NETCTL-FORWARD -o br-web -m conntrack --ctstate RELATED,ESTABLISHED,DNAT {Comment} -j ACCEPT
        filter NETCTL-FORWARD -i br-web -o br-web {Comment} -j ACCEPT
        filter NETCTL-ISOLATION-2 -o br-web {Comment} -j DROP
        filter NETCTL-OUT -i br-web ! -o br-web {Comment} -j ACCEPT
        nat NETCTL-HAIRPIN -s 172.18.0.0/22 -o br-web -m conntrack --ctstate DNAT {Comment} -j MASQUERADE
        nat NETCTL-HAIRPIN -s 127.0.0.0/8 -o br-web -m conntrack --ctstate DNAT {Comment} -j MASQUERADE
        nat NETCTL-POSTROUTING -o br-web {Comment} -j RETURN
        nat NETCTL-POSTROUTING -s 172.18.0.0/22 ! -o br-web {Comment} -j MASQUERADE
        """,
        Text(Web));

    [Fact]
    public void A_routed_bridge_is_not_translated_and_answers_ping() => Assert.Equal(
        """
        raw NETCTL -d 127.0.0.0/8 -i br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        raw NETCTL -s 127.0.0.0/8 -i br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        filter NETCTL-FORWARD -o br-web -m conntrack --ctstate RELATED,ESTABLISHED,DNAT -m comment --comment "netctl:aaaaaaaaaaaa" -j ACCEPT
        filter NETCTL-FORWARD -i br-web -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j ACCEPT
        filter NETCTL-FORWARD ! -i br-web -o br-web -p icmp -m comment --comment "netctl:aaaaaaaaaaaa" -j ACCEPT
        filter NETCTL-ISOLATION-2 -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        filter NETCTL-OUT -i br-web ! -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j ACCEPT
        nat NETCTL-POSTROUTING -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j RETURN
        """,
        Text(Web with { GatewayModeIPv4 = GatewayMode.Routed }));

    [Fact]
    public void An_internal_bridge_has_neither_way_in_nor_out() => Assert.Equal(
        """
        raw NETCTL -d 127.0.0.0/8 -i br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        raw NETCTL -s 127.0.0.0/8 -i br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        filter NETCTL-ISOLATION-1 -i br-web ! -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        filter NETCTL-ISOLATION-1 ! -i br-web -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        filter NETCTL-FORWARD -o br-web -m conntrack --ctstate RELATED,ESTABLISHED,DNAT -m comment --comment "netctl:aaaaaaaaaaaa" -j ACCEPT
        filter NETCTL-FORWARD -i br-web -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j ACCEPT
        filter NETCTL-ISOLATION-2 -o br-web -m comment --comment "netctl:aaaaaaaaaaaa" -j DROP
        """,
        Text(Web with { Internal = true }, ipv6Available: false));

    [Fact]
    public void The_address_that_was_asked_for_is_what_leaves() => Assert.Contains(
        "nat NETCTL-POSTROUTING -s 172.18.0.0/22 ! -o br-web -m comment --comment \"netctl:aaaaaaaaaaaa\" -j SNAT --to-source 192.0.2.9",
        Text(Web with { SourceIPv4 = IPAddress.Parse("192.0.2.9") }), StringComparison.Ordinal);

    [Fact]
    public void An_unprotected_bridge_lets_everybody_in() => Assert.Contains(
        "filter NETCTL-FORWARD ! -i br-web -o br-web -m comment --comment \"netctl:aaaaaaaaaaaa\" -j ACCEPT",
        Text(Web with { GatewayModeIPv4 = GatewayMode.NatUnprotected }), StringComparison.Ordinal);

    [Fact]
    public void Containers_that_are_kept_apart_have_no_rule_that_lets_them_talk() => Assert.DoesNotContain(
        "-i br-web -o br-web", Text(Web with { InterContainer = false }), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Small))]
    public void A_small_policy_is_one_rule(FirewallPolicy policy, string rule) =>
        Assert.Equal(
            rule,
            Text(policy, ipv6Available: false).Replace(" -m comment --comment \"netctl:aaaaaaaaaaaa\"", "", StringComparison.Ordinal));

    [Fact]
    public void Every_rule_says_why_it_is_there()
    {
        FirewallPolicy[] policies =
        [
            Web,
            Web with { Internal = true },
            Web with { GatewayModeIPv4 = GatewayMode.Routed },
            Port("127.0.0.1", "172.18.0.2"),
            .. Small().Select(row => (FirewallPolicy)row[0]),
        ];
        IEnumerable<IptablesRule> rules = policies.SelectMany(policy => IptablesCompiler.Compile(policy))
            .Concat(IptablesLayout.Jumps(FirewallFamily.IPv4)).Concat(IptablesLayout.Jumps(FirewallFamily.IPv6));
        Assert.All(rules, rule => Assert.EndsWith(".", rule.Why, StringComparison.Ordinal));
    }

    [Fact]
    public void What_happens_inside_a_bridge_is_not_for_iptables() => Assert.Empty(IptablesCompiler.Compile(
        new EndpointPolicy { Owner = Web.Owner, Bridge = "br-web", HostLink = "v1", MacAddress = MacAddress.Parse("02:00:00:00:00:01") }));

    [Fact]
    public void An_internal_bridge_is_closed_in_both_families_though_it_has_one() =>
        Assert.Equal(
            [FirewallFamily.IPv4, FirewallFamily.IPv6],
            IptablesCompiler.Compile(Web with { Internal = true }).Select(rule => rule.Family).Distinct());

    [Fact]
    public void An_internal_bridge_needs_no_IPv6_rules_where_the_kernel_has_no_IPv6() =>
        Assert.DoesNotContain(
            IptablesCompiler.Compile(Web with { Internal = true }, ipv6Available: false), rule => rule.Family == FirewallFamily.IPv6);

    [Fact]
    public void A_bridge_without_IPv6_has_no_IPv6_rules() =>
        Assert.DoesNotContain(IptablesCompiler.Compile(Web), rule => rule.Family == FirewallFamily.IPv6);

    [Theory]
    [InlineData(
        "0.0.0.0",
        "172.18.0.2",
        "nat NETCTL -p udp -m udp --dport 8080 -m comment --comment \"netctl:eeeeeeeeeeee\" -j DNAT --to-destination 172.18.0.2:80")]
    [InlineData(
        "192.0.2.1",
        "172.18.0.2",
        "nat NETCTL -d 192.0.2.1/32 -p udp -m udp --dport 8080 -m comment --comment \"netctl:eeeeeeeeeeee\" -j DNAT --to-destination " +
        "172.18.0.2:80")]
    [InlineData(
        "::",
        "fd00::2",
        "nat NETCTL -p udp -m udp --dport 8080 -m comment --comment \"netctl:eeeeeeeeeeee\" -j DNAT --to-destination [fd00::2]:80")]
    [InlineData(
        "::1", "fd00::2", "raw NETCTL -d ::1/128 ! -i lo -p udp -m udp --dport 8080 -m comment --comment \"netctl:eeeeeeeeeeee\" -j DROP")]
    public void A_published_port_is_one_rule(string host, string container, string rule) => Assert.Equal(rule, Text(Port(host, container)));

    [Theory]
    [InlineData("0.0.0.0", "172.18.0.2", 8000, "-p udp -m udp --dport 8000:8010", "172.18.0.2")]
    [InlineData("0.0.0.0", "172.18.0.2", 80, "-p udp -m udp --dport 8000:8010", "172.18.0.2:80-90/8000")]
    [InlineData("::", "fd00::2", 80, "-p udp -m udp --dport 8000:8010", "[fd00::2]:80-90/8000")]
    public void A_run_of_ports_is_one_rule(string host, string container, ushort first, string match, string target) => Assert.Equal(
        $"nat NETCTL {match} -m comment --comment \"netctl:eeeeeeeeeeee\" -j DNAT --to-destination {target}",
        Text(Port(host, container) with { HostPort = 8000, ContainerPort = first, Count = 11 }));

    [Fact]
    public void A_port_on_loopback_is_guarded_before_anything_else_sees_it() =>
        Assert.Equal(["raw", "nat"], IptablesCompiler.Compile(Port("127.0.0.1", "172.18.0.2")).Select(rule => rule.Table));

    [Fact]
    public void A_plan_inserts_jumps_in_their_order_and_makes_only_what_is_not_there()
    {
        IptablesState state = IptablesState.Parse(
            FirewallFamily.IPv4,
            "*filter\n:FORWARD ACCEPT [0:0]\n:NETCTL-USER - [0:0]\n-A FORWARD -m comment --comment \"netctl:host\" -j " +
            "NETCTL-FORWARD\nCOMMIT\n");
        IReadOnlyList<IptablesRule> port = IptablesCompiler.Compile(Port("0.0.0.0", "172.18.0.2"));
        string[] filter =
        [
            .. IptablesPlan.From(state, [.. port], []).ToCommands().Where(line => !line.Contains(" -t ", StringComparison.Ordinal)),
        ];
        Assert.Equal(
            [
                "iptables -N NETCTL-ISOLATION-1",
                "iptables -N NETCTL-FORWARD",
                "iptables -N NETCTL-ISOLATION-2",
                "iptables -N NETCTL-OUT",
                "iptables -N NETCTL-GUARD",
                "iptables -D FORWARD -m comment --comment \"netctl:host\" -j NETCTL-FORWARD",
                "iptables -I FORWARD -m comment --comment \"netctl:host\" -j NETCTL-OUT",
                "iptables -I FORWARD -m comment --comment \"netctl:host\" -j NETCTL-ISOLATION-2",
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

    [Fact]
    public void Guests_of_others_go_on_before_the_rest_is_dropped()
    {
        IReadOnlyList<IptablesRule> rules = IptablesCompiler.Compile(
            new GuestBridge { Owner = OwnerId.Host, Bridge = "docker0" }, ipv6Available: false);
        Assert.All(rules, rule => Assert.Equal(("NETCTL-GUARD", RulePlace.Start), (rule.Chain, rule.Place)));
        Assert.Equal(
            [
                "-i docker0 -m comment --comment \"netctl:host\" -j RETURN",
                "-o docker0 -m conntrack --ctstate RELATED,ESTABLISHED,DNAT -m comment --comment \"netctl:host\" -j RETURN",
            ],
            rules.Select(rule => rule.Specification));
    }

    [Theory]
    [InlineData("-A FORWARD -i other0 -j ACCEPT\n-A FORWARD " + GuardRule, true)]
    [InlineData("-A FORWARD " + GuardRule + "\n-A FORWARD -i other0 -j ACCEPT", false)]
    public void What_nobody_let_through_is_dropped_after_all_rules_of_others(string rules, bool right)
    {
        IReadOnlyList<IptablesRule> guard = IptablesCompiler.Compile(new ForwardingGuard { Owner = OwnerId.Host, IPv6 = false });
        IptablesState state = IptablesState.Parse(
            FirewallFamily.IPv4, $"*filter\n:FORWARD ACCEPT [0:0]\n:NETCTL-GUARD - [0:0]\n{rules}\n{GuardDrop}\nCOMMIT\n");
        Assert.Equal(right, state.Has(guard));
        string[] moved =
        [
            "iptables -D FORWARD " + GuardRule,
            "iptables -A FORWARD " + GuardRule,
        ];
        Assert.Equal(
            right ? [] : moved,
            IptablesPlan.Reconcile(state, [guard]).ToCommands().Where(line => line.EndsWith("-j NETCTL-GUARD", StringComparison.Ordinal)));
    }

    // The jumps of Docker Engine 20.10 and of 28, of libvirt and of ufw; rules of administrators.
    [Theory]
    [InlineData("", "-A FORWARD -j DOCKER-USER", true, 1)]
    [InlineData("", "-A DOCKER-USER -j RETURN;-A FORWARD -j DOCKER-USER", true, 1)]
    [InlineData("", "-A DOCKER-USER -s 10.0.0.0/8 -j ACCEPT;-A DOCKER-USER -i eth0 -j DROP;-A FORWARD -j DOCKER-USER", true, 1)]
    [InlineData(
        "DOCKER-ISOLATION-STAGE-1 DOCKER-ISOLATION-STAGE-2 DOCKER",
        "-A FORWARD -j DOCKER-USER;-A FORWARD -j DOCKER-ISOLATION-STAGE-1;-A FORWARD -i br-x ! -o br-x -j ACCEPT;" +
        "-A DOCKER-ISOLATION-STAGE-1 -i br-x ! -o br-x -j DOCKER-ISOLATION-STAGE-2;-A DOCKER-ISOLATION-STAGE-1 -j RETURN;" +
        "-A DOCKER-ISOLATION-STAGE-2 -o br-x -j DROP;-A DOCKER-ISOLATION-STAGE-2 -j RETURN;-A DOCKER-USER -j RETURN",
        false,
        2)]
    [InlineData(
        "DOCKER-FORWARD DOCKER-CT",
        "-A FORWARD -j DOCKER-USER;-A FORWARD -j DOCKER-FORWARD;-A DOCKER-FORWARD -j DOCKER-CT;-A DOCKER-FORWARD -i br-x -j ACCEPT;" +
        "-A DOCKER-USER -j RETURN",
        false,
        1)]
    [InlineData("DOCKER-FORWARD DOCKER-CT", "-A FORWARD -j DOCKER-FORWARD;-A DOCKER-FORWARD -j DOCKER-CT;-A DOCKER-CT -j ACCEPT", false, 0)]
    [InlineData("LIBVIRT_FWO", "-A FORWARD -j LIBVIRT_FWO;-A LIBVIRT_FWO -i virbr0 -j ACCEPT", false, 0)]
    [InlineData("ufw-log", "-A FORWARD -j ufw-log;-A ufw-log -j LOG --log-prefix \"to -j ACCEPT \"", true, 1)]
    [InlineData("END", "-A FORWARD -j END;-A END -j LOG;-A END -j DROP", true, 0)]
    [InlineData("END LAST", "-A FORWARD -j END;-A END -j LAST;-A LAST -j REJECT", true, 0)]
    [InlineData("TAIL", "-A FORWARD -j TAIL;-A TAIL -i lan -j DROP", true, 1)]
    [InlineData("", "-A FORWARD -i other0 -j DROP", true, 0)]
    [InlineData("", "-A FORWARD -m comment --comment \"-j no\" -j ACCEPT", false, 0)]
    [InlineData("", "-A FORWARD -i other0 -g ELSE;-A ELSE -j ACCEPT", false, 0)]
    [InlineData("", "-A FORWARD -m comment --comment counted", true, 0)]
    public void What_others_accept_does_not_pass_our_jumps_by(string chains, string theirs, bool right, int after)
    {
        string[] jumps =
        [
            .. IptablesLayout.Jumps(FirewallFamily.IPv4)
                .Where(rule => rule.Table == "filter").Select(rule => $"-A {rule.Chain} {rule.Specification}"),
        ];
        string made = string.Concat($"FORWARD DOCKER-USER ELSE {chains}".Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(chain => $":{chain} - [0:0]\n"));
        string text = $"*filter\n{made}{theirs.Replace(';', '\n')}\n{string.Join('\n', jumps)}\nCOMMIT\n";
        IptablesState state = IptablesState.Parse(FirewallFamily.IPv4, text);
        string[] commands = [.. IptablesPlan.Reconcile(state, [IptablesCompiler.Compile(Web)]).ToCommands()];
        string number = after == 0 ? "" : $"{after + 1} ";
        string[] moved =
        [
            .. jumps.Select(rule => $"iptables -D {rule[3..]}"),
            .. jumps.Reverse().Select(rule => $"iptables -I FORWARD {number}{rule["-A FORWARD ".Length..]}"),
        ];
        Assert.Equal(right ? [] : moved, commands.Where(line => line.Split(' ')[2] == "FORWARD"));

        // One of Docker's that came behind ours, and no jumps of ours yet: they come to the same place. An administrator's jump stays
        // behind ours, since it may be the end of the chain.
        bool isDockers = theirs.Contains("FORWARD -j DOCKER-USER", StringComparison.Ordinal);
        string[] placed = isDockers || after == 0
            ? moved
            : [.. moved.Select(line => line.Replace($"FORWARD {number}", "FORWARD ", StringComparison.Ordinal))];
        state = IptablesState.Parse(
            FirewallFamily.IPv4, $"*filter\n{made}{string.Join('\n', jumps)}\n{theirs.Replace(';', '\n')}\nCOMMIT\n");
        commands = [.. IptablesPlan.Reconcile(state, [IptablesCompiler.Compile(Web)]).ToCommands()];
        Assert.Equal(isDockers ? placed : [], commands.Where(line => line.Split(' ')[2] == "FORWARD"));
        state = IptablesState.Parse(FirewallFamily.IPv4, $"*filter\n{made}{theirs.Replace(';', '\n')}\nCOMMIT\n");
        commands = [.. IptablesPlan.Reconcile(state, [IptablesCompiler.Compile(Web)]).ToCommands()];
        Assert.Equal(placed[jumps.Length..], commands.Where(line => line.Split(' ')[2] == "FORWARD"));
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

    public static IEnumerable<object[]> Small() =>
    [
        [
            new OpenPort
            {
                Owner = Web.Owner,
                Bridge = "br-web",
                Protocol = PortProtocol.Tcp,
                ContainerAddress = IPAddress.Parse("172.18.0.2"),
                ContainerPort = 80,
                Count = 2,
            },
            "filter NETCTL-FORWARD -d 172.18.0.2/32 ! -i br-web -o br-web -p tcp -m tcp --dport 80:81 -j ACCEPT",
        ],
        [
            new LinkPolicy
            {
                Owner = Web.Owner,
                Bridge = "br-web",
                Client = IPAddress.Parse("172.18.0.3"),
                Server = IPAddress.Parse("172.18.0.2"),
                Protocol = PortProtocol.Sctp,
                Port = 80,
            },
            "filter NETCTL-FORWARD -s 172.18.0.3/32 -d 172.18.0.2/32 -i br-web -o br-web -p sctp -m sctp --dport 80 -j ACCEPT",
        ],
        [new TrustedLink { Owner = Web.Owner, Bridge = "br-web", Link = "tun0" }, "filter NETCTL-FORWARD -i tun0 -o br-web -j ACCEPT"],
        [
            new HairpinPolicy
            {
                Owner = Web.Owner,
                Bridge = "br-web",
                ContainerAddress = IPAddress.Parse("172.18.0.2"),
                Subnet = IPNetwork.Parse("172.19.0.0/24"),
            },
            "nat NETCTL-HAIRPIN -s 172.19.0.0/24 -d 172.18.0.2/32 -o br-web -m conntrack --ctstate DNAT -j MASQUERADE",
        ],
        [
            new ForwardingGuard { Owner = Web.Owner, IPv6 = true },
            "filter FORWARD -m mark ! --mark 0x2000/0x2000 -j NETCTL-GUARD\nfilter NETCTL-GUARD -j DROP",
        ],
    ];

    private static string Text(FirewallPolicy policy, bool ipv6Available = true) =>
        string.Join(
            '\n', IptablesCompiler.Compile(policy, ipv6Available).Select(rule => $"{rule.Table} {rule.Chain} {rule.Specification}"));
}
