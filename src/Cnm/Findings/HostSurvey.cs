using Net.Cnm.DesiredState;

namespace Net.Cnm.Findings;

/// <summary>What the kernel was found to have, read once for all checks.</summary>
public sealed record HostSurvey
{
    /// <summary>The links of the daemon's namespace and of the sandboxes that were asked about.</summary>
    public IReadOnlyList<SurveyedLink> Links { get; init; } = [];

    /// <summary>Where packets for the addresses that were asked about go.</summary>
    public IReadOnlyList<SurveyedRoute> Routes { get; init; } = [];

    /// <summary>The permanent neighbour entries of these namespaces.</summary>
    public IReadOnlyList<SurveyedNeighbour> Neighbours { get; init; } = [];

    /// <summary>The Ethernet addresses that bridges know behind their ports.</summary>
    public IReadOnlyList<SurveyedStation> Stations { get; init; } = [];

    /// <summary>Who answered for a container's address on its bridge. Asked only on bridges with ports of other programs.</summary>
    public IReadOnlyList<AddressClaim> Claims { get; init; } = [];

    /// <summary>The packets among those asked about that a rule of another program takes.</summary>
    public IReadOnlyList<StoppedPacket> Stopped { get; init; } = [];

    /// <summary>The tables of iptables-legacy that have rules beside those in nf_tables, as <c>ip filter</c>.</summary>
    public IReadOnlyList<string> LegacyTables { get; init; } = [];

    /// <summary>The kernel's tables of neighbours, which all namespaces of the machine share.</summary>
    public IReadOnlyList<SurveyedNeighbourTable> NeighbourTables { get; init; } = [];

    /// <summary>The kinds of links among those that networks need (<see cref="LinkKindSupport"/>) that the kernel lacks.</summary>
    public IReadOnlyList<LinkKindSupport> MissingLinkKinds { get; init; } = [];

    /// <summary>Whether the host forwards IPv4 (net.ipv4.ip_forward); null where it is not known.</summary>
    public bool? ForwardsIPv4 { get; init; }

    /// <summary>Whether the host forwards IPv6 (net.ipv6.conf.all.forwarding); null where it is not known.</summary>
    public bool? ForwardsIPv6 { get; init; }

    /// <summary>The host port holders that were found in place of ports that containers want.</summary>
    public IReadOnlyList<PortOccupant> Occupants { get; init; } = [];
}
