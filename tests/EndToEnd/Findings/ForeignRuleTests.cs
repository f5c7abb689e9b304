using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>Rules of other programs that take what ours let through are named, with the command that removes them.</summary>
public sealed class ForeignRuleTests
{
    [KernelFact]
    public void A_rule_of_iptables_before_ours_is_named_with_iptables() => Broken(
        "iptables", "iptables -I FORWARD -d 10.88.0.0/24 -p tcp --dport 7000 -j DROP", "container web", "iptables -D FORWARD 1");

    [KernelFact]
    public void A_rule_of_iptables_is_named_with_nftables() => Broken(
        "nftables", "iptables -A FORWARD -o br-front -p tcp -m tcp --dport 7000 -j REJECT", "container web", "iptables -D FORWARD 1");

    [KernelFact]
    public void A_rule_of_the_table_raw_is_named_with_iptables() => Broken(
        "iptables",
        "iptables -t raw -A PREROUTING -i lan -p tcp --dport 7000 -m comment --comment site -j DROP",
        "container web",
        "iptables -t raw -D PREROUTING 2");

    [KernelFact]
    public void Several_ports_in_one_rule_are_understood() => Broken(
        "iptables", "iptables -I FORWARD -p tcp -m multiport --dports 25,6990:7010 -j DROP", "container web", "iptables -D FORWARD 1");

    [KernelFact]
    public void The_older_form_of_states_is_understood() => Broken(
        "iptables", "iptables -I FORWARD -i lan -p tcp --dport 7000 -m state --state NEW -j DROP", "container web",
        "iptables -D FORWARD 1");

    [KernelFact]
    public void A_translation_in_the_form_that_Docker_has_is_named()
    {
        using TestHost host = TownWith("iptables");
        host.Shell(
            "iptables -t nat -N OTHER; iptables -t nat -I PREROUTING -m addrtype --dst-type LOCAL -j OTHER; "
                + "iptables -t nat -A OTHER ! -i br-front -p tcp -m tcp --dport 7000 -j DNAT --to-destination 10.88.0.99:7000");
        Assert.False(Town.PortAnswers(host));
        ToldFinding found = ToldFinding.Only(host, "foreign-rule", "container web");
        Assert.Equal("iptables -t nat -D OTHER 1", found.Remedy);
        found.Follow(host);
        Town.Works(host);
    }

    [KernelFact]
    public void Remedies_that_are_followed_in_their_order_remove_the_rules_that_are_meant()
    {
        using TestHost host = TownWith("iptables");
        host.NetctlOk("run", "-d", "--name", "names", "--network", "front", "-p", "7200:80/udp", "sleep", "1000");
        host.Shell(
            "iptables -N SITE; iptables -I FORWARD -i lan -j SITE; iptables -A SITE -p tcp --dport 7000 -j DROP; "
                + "iptables -A SITE -s 198.51.100.0/24 -j DROP; iptables -A SITE -p udp --dport 80 -j DROP; "
                + "iptables -A SITE -p tcp --dport 23 -j DROP");
        IReadOnlyList<ToldFinding> found = ToldFinding.AllOf(host);
        Assert.Equal(["iptables -D SITE 3", "iptables -D SITE 1"], found.Select(one => one.Remedy));
        host.Shell(string.Join("; ", found.Select(one => one.Remedy)));
        Assert.Equal(
            "-N SITE\n-A SITE -s 198.51.100.0/24 -j DROP\n-A SITE -p tcp -m tcp --dport 23 -j DROP", host.Shell("iptables -S SITE"));
        Town.Works(host);
        host.DoctorIsContent();
    }

    [KernelFact]
    public void A_second_way_out_may_be_closed_to_containers()
    {
        using TestHost host = TestHost.Create();
        host.Shell(
            "ip route add default via 192.0.2.2 metric 10; ip netns add away; ip link add lte type veth peer name lan netns away; "
                + "ip address add 10.9.0.2/24 dev lte; ip link set lte up; ip -n away link set lan up; "
                + "ip route add default via 10.9.0.1 metric 900");
        host.StartDaemon("--firewall-backend", "iptables");
        Town.Build(host);
        host.Shell("sysctl -qw net.ipv4.conf.lte.forwarding=0; iptables -I FORWARD -o lte -j DROP; iptables -I FORWARD -i lte -j DROP");
        Town.Works(host);
        Assert.All(ToldFinding.AllOf(host), found => Assert.True(found.IsNote, found.ToString()));
        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void A_table_that_sleeps_drops_nothing()
    {
        using TestHost host = TownWith("nftables");
        host.Shell(
            "nft add table inet later '{ flags dormant; }'; "
                + "nft add chain inet later through '{ type filter hook forward priority 0; policy drop; }'");
        Town.Works(host);
        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void A_rule_of_nftables_is_named_with_iptables() => BrokenByNft("iptables");

    [KernelFact]
    public void A_rule_of_nftables_is_named_with_nftables() => BrokenByNft("nftables");

    [KernelFact]
    public void A_rule_against_all_that_leaves_a_network_is_named_with_nftables() => BrokenOnTheWayOut("nftables");

    [KernelFact]
    public void A_rule_against_all_that_leaves_a_network_is_named_with_iptables() => BrokenOnTheWayOut("iptables");

    [KernelFact]
    public void A_policy_of_a_chain_before_routing_is_named()
    {
        using TestHost host = TownWith("nftables");
        host.Shell(
            "nft add table inet site; nft add chain inet site first '{ type filter hook prerouting priority -150; policy drop; }'; " +
            "nft add rule inet site first iifname { lo, br-front } accept; nft add rule inet site first tcp dport 22 accept");
        Assert.False(Town.PortAnswers(host));
        IReadOnlyList<ToldFinding> found = ToldFinding.AllOf(host);
        Assert.Equal(["foreign-rule"], found.Select(one => one.Kind).Distinct());
        Assert.Contains(found, one => one.Object == "container web" && one.Cause.Contains("policy", StringComparison.Ordinal));
        host.Shell(found[0].Remedy);
        Town.Works(host);
        host.DoctorIsContent();
    }

    [KernelFact]
    public void A_translation_of_another_program_that_takes_a_published_port_is_named()
    {
        using TestHost host = TownWith("iptables");
        host.Shell("iptables -t nat -I PREROUTING -p tcp --dport 7000 -j DNAT --to-destination 10.88.0.99:7000");
        Assert.False(Town.PortAnswers(host));
        ToldFinding found = ToldFinding.Only(host, "foreign-rule", "container web");
        Assert.Equal("iptables -t nat -D PREROUTING 1", found.Remedy);
        found.Follow(host);
        Town.Works(host);
    }

    [KernelTheory]
    [InlineData("iptables")]
    [InlineData("nftables")]
    public void A_rule_between_two_containers_is_named_where_br_netfilter_passes_their_frames_to_it(string backend)
    {
        using TestHost host = TownWith(backend);
        host.NetctlOk("run", "-d", "--name", "peer", "--network", "front", "sleep", "1000");
        host.Shell("sysctl -qw net.bridge.bridge-nf-call-iptables=1; iptables -I FORWARD -i br-front -o br-front -j DROP");
        Assert.False(PeerReachesWeb(host));
        ToldFinding found = ToldFinding.Only(host, "foreign-rule", "network front");
        Assert.Contains("send to each other (net.bridge.bridge-nf-call-iptables is 1)", found.Cause, StringComparison.Ordinal);

        host.Shell("sysctl -qw net.bridge.bridge-nf-call-iptables=0");
        Assert.True(PeerReachesWeb(host));
        Assert.Empty(ToldFinding.AllOf(host));

        host.Shell("sysctl -qw net.bridge.bridge-nf-call-iptables=1");
        found.Follow(host);
        Assert.True(PeerReachesWeb(host));
    }

    [KernelFact]
    public void Rules_that_let_our_traffic_through_are_not_named_with_iptables() => Healthy("iptables");

    [KernelFact]
    public void Rules_that_let_our_traffic_through_are_not_named_with_nftables() => Healthy("nftables");

    private static bool PeerReachesWeb(TestHost host) =>
        host.Run("ip", "netns", "exec", "peer", "ping", "-q", "-c", "1", "-W", "1", "10.88.0.20").ExitCode == 0;

    private static void Broken(string backend, string rule, string subject, string remedy)
    {
        using TestHost host = TownWith(backend);
        host.Shell(rule);
        Assert.False(Town.PortAnswers(host));
        ToldFinding found = ToldFinding.Only(host, "foreign-rule", subject);
        Assert.Equal(remedy, found.Remedy);
        found.Follow(host);
        Town.Works(host);
    }

    private static void BrokenByNft(string backend)
    {
        using TestHost host = TownWith(backend);
        host.Shell(
            """
            nft -f - <<END
            table inet site {
              set closed { type inet_service; flags interval; elements = { 25, 6990-7010 } }
              chain more { iifname "lan" oifname "br-*" tcp dport @closed counter drop; }
              chain through { type filter hook forward priority 10; ct state established accept; jump more; }
            }
            END
            """);
        Assert.False(Town.PortAnswers(host));
        ToldFinding found = ToldFinding.Only(host, "foreign-rule", "container web");
        Assert.Contains("table inet site", found.Cause, StringComparison.Ordinal);
        Assert.StartsWith("nft delete rule inet site more handle ", found.Remedy, StringComparison.Ordinal);
        found.Follow(host);
        Town.Works(host);
    }

    private static void BrokenOnTheWayOut(string backend)
    {
        using TestHost host = TownWith(backend);
        host.Shell("nft add table ip site; nft add chain ip site through '{ type filter hook forward priority 0; }'; " +
            "nft add rule ip site through ip saddr 10.88.0.0/16 oifname != \"br-front\" reject");
        Assert.False(Town.ReachesOut(host));
        ToldFinding found = ToldFinding.Only(host, "foreign-rule", "network front");
        Assert.Contains("what its containers send out by lan", found.Cause, StringComparison.Ordinal);
        found.Follow(host);
        Town.Works(host);
    }

    // What people and other programs have in their rules, none of which harms us.
    private static void Healthy(string backend)
    {
        using TestHost host = TownWith(backend);
        host.Shell(
            """
            iptables -I FORWARD -m conntrack --ctstate INVALID -j DROP
            iptables -I FORWARD -s 203.0.113.0/24 -j DROP
            iptables -I FORWARD -i lan -p tcp --dport 25 -j REJECT
            iptables -I FORWARD -o other0 -j DROP
            iptables -t raw -I PREROUTING ! -i other0 -d 10.89.0.2 -j DROP
            iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
            nft -f - <<END
            table inet site {
              set bad { type ipv4_addr; flags interval; elements = { 198.51.100.0/24, 203.0.113.7 } }
              chain first { type filter hook prerouting priority -300; ip saddr @bad drop; fib saddr . iif oif missing drop; }
              chain through {
                type filter hook forward priority 0;
                ct state vmap { established : accept, related : accept, invalid : drop }
                limit rate over 100000/second drop
                meta mark 0x77 drop
                iifname "lan" ip daddr 10.99.0.0/16 drop
                tcp dport { 22, 23 } drop
              }
              chain in { type filter hook input priority 0; policy accept; tcp dport 7000 drop; }
            }
            END
            """);
        Town.Works(host);
        host.DoctorIsContent();
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }

    private static TestHost TownWith(string backend)
    {
        TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", backend);
        Town.Build(host);
        return host;
    }
}
