namespace Net.Firewall.Iptables;

/// <summary>The two sorts of iptables programs; rules of the one are not seen by the other, and a packet passes both.</summary>
public enum IptablesVariant
{
    /// <summary>Rules in the kernel's ip_tables.</summary>
    Legacy,

    /// <summary>Rules in nf_tables, in tables with the names that iptables gives them.</summary>
    NfTables,
}
