namespace Net.Firewall.Iptables;

/// <summary>The two variants of the iptables programs. Each lists only its own rules, and a packet passes the rules of both.</summary>
public enum IptablesVariant
{
    /// <summary>iptables-legacy: rules in the kernel's ip_tables.</summary>
    Legacy,

    /// <summary>iptables-nft: rules in nf_tables, in tables with the names that iptables gives them.</summary>
    NfTables,
}
