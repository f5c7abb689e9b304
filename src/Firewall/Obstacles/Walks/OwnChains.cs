using Net.Firewall.Iptables;

namespace Net.Firewall.Obstacles.Walks;

/// <summary>Our chains in the tables of iptables, as a walk for a packet that they let through meets them.</summary>
internal static class OwnChains
{
    /// <summary>Whether a chain is ours, or the one that we made for the administrator, whose rules are no fault.</summary>
    public static bool Contains(string chain) => IptablesLayout.IsOurs(chain);

    /// <summary>Whether the packet passes by a rule of this chain, so that no rule after it is asked.</summary>
    /// <param name="table">The name of the table.</param>
    /// <param name="chain">The chain.</param>
    public static bool Decide(string table, string chain) => (table, chain) is
        ("filter", IptablesLayout.Forward or IptablesLayout.Isolation2 or IptablesLayout.Out) or ("nat", IptablesLayout.Main);
}
