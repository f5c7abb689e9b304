using Net.Cnm.Errors;
using Net.Firewall;
using Net.Firewall.Iptables;
using Net.Firewall.Obstacles;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>What of others' rules stands in the way of ours, with what the distribution's programs have made.</summary>
public class ObstacleTests
{
    [KernelFact]
    public void A_host_of_its_own_has_none() => HostNamespace.Run(_ =>
    {
        Assert.Empty(ForwardObstacles.BesideNftables());
        Assert.Empty(Iptables.Open("nft").FindObstacles());
    });

    [KernelFact]
    public void The_policy_of_iptables_stops_only_rules_that_are_elsewhere() => HostNamespace.Run(_ =>
    {
        Command.Run("iptables -P FORWARD DROP");
        string obstacle = Assert.Single(ForwardObstacles.BesideNftables());
        Assert.Contains("table ip filter", obstacle, StringComparison.Ordinal);
        Assert.Contains("FORWARD", obstacle, StringComparison.Ordinal);
        Assert.Contains("--firewall-backend iptables", obstacle, StringComparison.Ordinal);
        Assert.Empty(Iptables.Open("nft").FindObstacles());
    });

    [KernelFact]
    public void The_policy_of_iptables_legacy_stops_all_others() => HostNamespace.Run(_ =>
    {
        Command.Run("ip6tables-legacy -P FORWARD DROP");
        Assert.Contains("iptables-legacy", Assert.Single(ForwardObstacles.BesideNftables()), StringComparison.Ordinal);
        Assert.Contains("(IPv6)", Assert.Single(Iptables.Open("nft").FindObstacles()), StringComparison.Ordinal);
        Assert.Empty(Iptables.Open("legacy").FindObstacles());
    });

    [KernelFact]
    public void Another_tables_policy_stops_both_and_a_chain_elsewhere_stops_nothing() => HostNamespace.Run(_ =>
    {
        Command.Run(
            "nft",
            "add table inet site { chain a { type filter hook input priority 0; policy drop; }; chain b { type filter hook forward " +
            "priority -7; }; }");
        Assert.Empty(ForwardObstacles.BesideNftables());
        Command.Run("nft", "add chain inet site through { type filter hook forward priority 0; policy drop; }");
        string obstacle = Assert.Single(ForwardObstacles.BesideNftables());
        Assert.Contains("table inet site drops by its chain through", obstacle, StringComparison.Ordinal);
        Assert.Contains("let that chain accept", obstacle, StringComparison.Ordinal);
        Assert.DoesNotContain("--firewall-backend", obstacle, StringComparison.Ordinal); // the other backend has the same in its way:
        Assert.Equal(obstacle, Assert.Single(Iptables.Open("nft").FindObstacles()));
    });

    [KernelFact]
    public void A_rule_that_stops_everything_is_as_good_as_a_policy() => HostNamespace.Run(_ =>
    {
        Command.Run("iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT");
        Command.Run("iptables -A FORWARD -p tcp -j DROP");
        Assert.Empty(ForwardObstacles.BesideNftables());
        Command.Run("iptables -A FORWARD -m comment --comment end -j REJECT --reject-with icmp-host-prohibited");
        Assert.Contains(
            "table ip filter drops by its chain FORWARD", Assert.Single(ForwardObstacles.BesideNftables()), StringComparison.Ordinal);
        Assert.Empty(Iptables.Open("nft").FindObstacles());

        Command.Run(
            "nft",
            "add table inet site { chain through { type filter hook forward priority 0; ct state established accept; meta l4proto udp " +
            "drop; }; }");
        Assert.Empty(Iptables.Open("nft").FindObstacles());
        Command.Run("nft add rule inet site through counter log drop");
        Assert.Contains(
            "table inet site drops by its chain through", Assert.Single(Iptables.Open("nft").FindObstacles()), StringComparison.Ordinal);
    });

    [KernelFact]
    public void A_rule_of_iptables_legacy_that_stops_everything_is_as_good_as_a_policy() => HostNamespace.Run(_ =>
    {
        Command.Run("iptables-legacy -A FORWARD -p tcp -j DROP");
        Assert.Empty(ForwardObstacles.BesideNftables());
        Command.Run("iptables-legacy -A FORWARD -j REJECT");
        Assert.Contains(
            "iptables-legacy drops by its chain FORWARD (IPv4)",
            Assert.Single(ForwardObstacles.BesideNftables()),
            StringComparison.Ordinal);
    });

    [KernelFact]
    public void Iptables_legacy_is_refused_where_nf_tables_has_rules_of_others() => HostNamespace.Run(_ =>
    {
        FirewallBackendChoice legacy = FirewallBackendChoice.Make("iptables", new IptablesPrograms(Iptables.Programs("legacy")));
        Command.Run("nft", "add table inet site { chain input { type filter hook input priority 0; }; }");
        Command.Run("nft add table ip netctl");
        IptablesVariantConflict.Refuse(legacy);
        Command.Run("nft add rule inet site input tcp dport 25 drop");
        CnmException error = Assert.Throws<CnmException>(() => IptablesVariantConflict.Refuse(legacy));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Contains("table inet site", error.Message, StringComparison.Ordinal);
        IptablesVariantConflict.Refuse(FirewallBackendChoice.Make("nftables", new IptablesPrograms(null)));
    });

    [KernelFact]
    public void Rules_in_iptables_legacy_are_named_to_the_other_sort() => HostNamespace.Run(_ =>
    {
        FirewallBackendChoice choice = FirewallBackendChoice.Make("iptables", new IptablesPrograms(Iptables.Programs("nft")));
        Command.Run("iptables-legacy -t mangle -L");
        Assert.Null(IptablesVariantConflict.FindLegacyRules(choice));
        Assert.Equal([], LegacyTables.Names(FirewallFamily.IPv6));
        Command.Run("iptables-legacy -A INPUT -p tcp --dport 25 -j DROP");
        Assert.Contains("(table ip filter)", IptablesVariantConflict.FindLegacyRules(choice), StringComparison.Ordinal);
    });
}
