namespace Net.Firewall.Iptables;

/// <summary>Builds the rules of one family that all carry one owner's tag.</summary>
internal readonly record struct RuleMaker(FirewallFamily Family, string Tag)
{
    /// <summary>The name of this family's ICMP in iptables.</summary>
    public string Icmp => Family == FirewallFamily.IPv4 ? "icmp" : "ipv6-icmp";

    /// <summary>The prefix length of a single address.</summary>
    public int HostLength => Family == FirewallFamily.IPv4 ? 32 : 128;

    /// <summary>Builds a rule whose arguments are in the order in which iptables-save prints them: addresses, links, protocol, matches,
    /// comment, target.</summary>
    public IptablesRule Rule(string table, string chain, string match, string target, string why)
    {
        string matches = match.Length == 0 ? "" : match + " ";
        return new IptablesRule(Family, table, chain, $"{matches}-m comment --comment \"{Tag}\" -j {target}") { Why = why };
    }
}
