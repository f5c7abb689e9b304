namespace Net.Firewall.Iptables;

/// <summary>What all policies share: our chains, and the jumps to them from the kernel's own.</summary>
/// <remarks>
/// The way of a forwarded packet: NETCTL-USER (the administrator's), NETCTL-ISOLATION-1 and -2 (what never passes), NETCTL-FORWARD (what does).
/// No policy of a chain is set. 127.0.0.0/8 is among the local destinations, ::1 is not: the kernel does not route from it.
/// </remarks>
public static class IptablesLayout
{
    /// <summary>The administrator's chain in filter: made, passed first, never flushed.</summary>
    public const string User = "NETCTL-USER";

    /// <summary>What is let through, in filter.</summary>
    public const string Forward = "NETCTL-FORWARD";

    /// <summary>What leaves one of our bridges, in filter.</summary>
    public const string Isolation1 = "NETCTL-ISOLATION-1";

    /// <summary>What would enter another of our bridges, in filter.</summary>
    public const string Isolation2 = "NETCTL-ISOLATION-2";

    /// <summary>Published ports in nat; guards of loopback in raw.</summary>
    public const string Main = "NETCTL";

    /// <summary>The tables in the order a change goes through them: guards first.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["raw", "filter", "nat"];

    /// <summary>Whether a chain is one of ours.</summary>
    public static bool IsOurs(string chain) => chain is Main || chain.StartsWith(Main + "-", StringComparison.Ordinal);

    /// <summary>Our chains of a table, in the order they are made.</summary>
    public static IReadOnlyList<string> Chains(string table) => table == "filter" ? [User, Isolation1, Isolation2, Forward] : [Main];

    /// <summary>The jumps, in order within each chain.</summary>
    public static IReadOnlyList<IptablesRule> Jumps(FirewallFamily family)
    {
        string local = family == FirewallFamily.IPv4 ? "-m addrtype --dst-type LOCAL " : "! -d ::1/128 -m addrtype --dst-type LOCAL ";
        return
        [
            Jump(family, "raw", "PREROUTING", "", Main),
            Jump(family, "filter", "FORWARD", "", User),
            Jump(family, "filter", "FORWARD", "", Isolation1),
            Jump(family, "filter", "FORWARD", "", Forward),
            Jump(family, "nat", "PREROUTING", "-m addrtype --dst-type LOCAL ", Main),
            Jump(family, "nat", "OUTPUT", local, Main),
        ];
    }

    private static IptablesRule Jump(FirewallFamily family, string table, string from, string match, string to) =>
        new(family, table, from, $"{match}-m comment --comment \"{FirewallTag.Host}\" -j {to}");
}
