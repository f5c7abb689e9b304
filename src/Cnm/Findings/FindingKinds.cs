namespace Net.Cnm.Findings;

/// <summary>The ids of the kinds of findings. They do not change, since scripts look for them; docs/doctor.md describes each.</summary>
public static class FindingKinds
{
    /// <summary>A rule of another program drops packets that our rules let through.</summary>
    public const string ForeignRule = "foreign-rule";

    /// <summary>A neighbour entry leads to an Ethernet address that its owner does not have.</summary>
    public const string StaleNeighbour = "stale-neighbour";

    /// <summary>A route or policy rule takes packets for a container elsewhere than to its bridge.</summary>
    public const string HiddenSubnet = "hidden-subnet";

    /// <summary>The host, or one of its links, does not forward.</summary>
    public const string ForwardingOff = "forwarding-off";

    /// <summary>Strict reverse path filtering drops packets whose answer leaves by another link.</summary>
    public const string ReversePath = "reverse-path";

    /// <summary>Another program has a host port that a container wants.</summary>
    public const string TakenPort = "taken-port";

    /// <summary>A subnet has no free address left.</summary>
    public const string FullPool = "full-pool";

    /// <summary>A link passes larger packets than what comes after it.</summary>
    public const string WrongMtu = "wrong-mtu";

    /// <summary>A DNS server does not answer.</summary>
    public const string DeadResolver = "dead-resolver";

    /// <summary>Two on one network have the same IP address or the same Ethernet address.</summary>
    public const string DuplicateAddress = "duplicate-address";

    /// <summary>iptables-legacy has rules beside those in nf_tables.</summary>
    public const string MixedBackends = "mixed-backends";

    /// <summary>The kernel's neighbour table is full, or nearly so.</summary>
    public const string FullNeighbourTable = "full-neighbour-table";

    /// <summary>Docker Engine has asked for an endpoint long ago and does not use it.</summary>
    public const string LostEndpoint = "lost-endpoint";

    /// <summary>The kernel lacks what a network needs.</summary>
    public const string MissingKernelFeature = "missing-kernel-feature";
}
