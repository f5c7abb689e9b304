namespace Net.Firewall.Iptables;

/// <summary>The chains that all policies share, and the jumps to them from the kernel's own chains.</summary>
/// <remarks>
/// A forwarded packet passes these chains in order: NETCTL-USER (the administrator's rules), NETCTL-ISOLATION-1 (drops what enters or
/// leaves an internal bridge), NETCTL-FORWARD (accepts what may enter a bridge), NETCTL-ISOLATION-2 (drops everything else that enters a
/// bridge), NETCTL-OUT (accepts what leaves a bridge). All rules of one chain have the same verdict, so no order between them matters. No
/// policy of a chain is set.
/// </remarks>
public static class IptablesLayout
{
    /// <summary>The administrator's chain in filter: created, passed first, never flushed.</summary>
    public const string User = "NETCTL-USER";

    /// <summary>The chain in filter that drops what enters or leaves an internal bridge.</summary>
    public const string Isolation1 = "NETCTL-ISOLATION-1";

    /// <summary>The chain in filter that accepts what may enter a bridge.</summary>
    public const string Forward = "NETCTL-FORWARD";

    /// <summary>The chain in filter that drops everything else that would enter a bridge.</summary>
    public const string Isolation2 = "NETCTL-ISOLATION-2";

    /// <summary>The chain in filter that accepts what leaves a bridge.</summary>
    public const string Out = "NETCTL-OUT";

    /// <summary>The chain in filter for what no rule of FORWARD has decided, on a host that forwarded nothing before this daemon: it lets
    /// the guests of other programs go on and drops everything else.</summary>
    public const string Guard = "NETCTL-GUARD";

    /// <summary>The chain of published ports in nat, and of the loopback guards in raw.</summary>
    public const string Main = "NETCTL";

    /// <summary>The chain in nat that gives the host's address to what would else be answered past the host. All its rules
    /// masquerade.</summary>
    public const string Hairpin = "NETCTL-HAIRPIN";

    /// <summary>The chain in nat that decides the source address of every other packet: first the rules for packets that enter a bridge of
    /// ours, then those for packets that leave one.</summary>
    public const string Postrouting = "NETCTL-POSTROUTING";

    /// <summary>The tables, in the order in which a change is applied to them: guards first.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["raw", "filter", "nat"];

    /// <summary>Whether a chain is one of ours.</summary>
    public static bool IsOurs(string chain) => chain is Main || chain.StartsWith(Main + "-", StringComparison.Ordinal);

    /// <summary>Our chains of a table, in the order in which they are created.</summary>
    public static IReadOnlyList<string> Chains(string table) => table switch
    {
        "filter" => [User, Isolation1, Forward, Isolation2, Out, Guard],
        "nat" => [Main, Hairpin, Postrouting],
        _ => [Main],
    };

    /// <summary>The jumps to our chains, in order within each chain.</summary>
    public static IReadOnlyList<IptablesRule> Jumps(FirewallFamily family)
    {
        const string ToHost = "-m addrtype --dst-type LOCAL ";
        bool four = family == FirewallFamily.IPv4;

        // ::1 is excluded, since the kernel does not route from it; so are packets from a link-local address, which has no meaning on
        // another link.
        string arriving = four ? ToHost : $"! -s fe80::/10 {ToHost}";
        string sent = four ? ToHost : $"! -s fe80::/10 ! -d ::1/128 {ToHost}";
        return
        [
            Jump(family, "raw", "PREROUTING", "", Main, "Loopback is guarded before connection tracking and translation see a packet."),
            Jump(family, "filter", "FORWARD", "", User, "The administrator's rules come first."),
            Jump(
                family, "filter", "FORWARD", "", Isolation1,
                "What enters or leaves an internal network is stopped before anything can let it through."),
            Jump(family, "filter", "FORWARD", "", Forward, "What may enter a network is let through."),
            Jump(family, "filter", "FORWARD", "", Isolation2, "Nothing else enters a network, whoever sends it."),
            Jump(family, "filter", "FORWARD", "", Out, "What leaves a network is let through."),
            Jump(
                family, "nat", "PREROUTING", arriving, Main,
                "Published ports are looked up for what is addressed to this host, not for what passes by."),
            Jump(family, "nat", "OUTPUT", sent, Main, "The host reaches published ports by its own addresses, too."),
            Jump(
                family, "nat", "POSTROUTING", "", Hairpin,
                "What was sent to a published port by one whom its container would answer past the host comes from the host."),
            Jump(family, "nat", "POSTROUTING", "", Postrouting, "Last it is decided whose address a packet leaves with."),
        ];
    }

    private static IptablesRule Jump(FirewallFamily family, string table, string from, string match, string to, string why) =>
        new(family, table, from, $"{match}-m comment --comment \"{FirewallTag.Host}\" -j {to}") { Place = RulePlace.Start, Why = why };
}
