namespace Net.Firewall.Iptables;

/// <summary>Writes rules of one family that all carry one owner's mark.</summary>
internal readonly record struct RuleMaker(FirewallFamily Family, string Tag)
{
    /// <summary>The word for ICMP of this family.</summary>
    public string Icmp => Family == FirewallFamily.IPv4 ? "icmp" : "ipv6-icmp";

    /// <summary>The prefix length of one address.</summary>
    public int HostLength => Family == FirewallFamily.IPv4 ? 32 : 128;

    /// <summary>A rule; its words stand in the order in which iptables-save prints them: addresses, links, protocol, matches, comment,
    /// target.</summary>
    public IptablesRule Rule(string table, string chain, string match, string target, string why)
    {
        string words = match.Length == 0 ? "" : match + " ";
        return new IptablesRule(Family, table, chain, $"{words}-m comment --comment \"{Tag}\" -j {target}") { Why = why };
    }
}
