using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.Bridges.NftablesFrames;
using static Net.Firewall.Nftables.NftablesStatement;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>The rules for what a container sends from no address, <c>::</c> or <c>0.0.0.0</c>: only what a host sends that has none yet,
/// and a probe only for an address of its own.</summary>
/// <remarks>A probe claims its target: a host that is probing the same address at that moment gives it up (RFC 4862 5.4.3; RFC 5227 2.1.1
/// for ARP).</remarks>
internal static class NftablesUnspecifiedRules
{
    private const byte Igmp = 2;
    private const byte Udp = 17;
    private const byte IcmpV6 = 58;
    private const byte MulticastPrefix = 0xE0; // 224.0.0.0/4
    private const ushort LeasePort = 67; // RFC 2131 4.1
    private const int MoreFragmentsOrOffset = 0x3FFF; // of the IPv4 header's flags and fragment offset

    // The ICMPv6 types from :: that pass: 131 and 132 and 143, of multicast listeners (RFC 2710, RFC 3810), and 135, the solicitation.
    private static readonly (byte First, byte Last)[] OtherTypes = [(0, 130), (133, 134), (136, 142), (144, 255)];

    /// <summary>The packet has no IPv6 source address.</summary>
    public static NftablesStatement HasNoAddress6 { get; } = NftablesField.Source(FirewallFamily.IPv6).Is("::", new byte[16]);

    private static NftablesStatement HasNoAddress4 { get; } =
        All(IsIPv4, NftablesField.Source(FirewallFamily.IPv4).Is("0.0.0.0", new byte[4]));

    private static NftablesStatement IsFragment { get; } = new(
        $"ip frag-off & 0x{MoreFragmentsOrOffset:x} != 0",
        new NftPayload(NftPayloadBase.Network, 6, 2),
        new NftAnd(NetworkOrder(MoreFragmentsOrOffset)),
        new NftCompare(new byte[2], NftComparison.NotEqual));

    private static NftablesStatement IsToNoGroup { get; } = new(
        "ip daddr != 224.0.0.0/4",
        new NftPayload(NftPayloadBase.Network, 16, 4),
        new NftAnd(new byte[] { 0xF0, 0, 0, 0 }),
        new NftCompare(new byte[] { MulticastPrefix, 0, 0, 0 }, NftComparison.NotEqual));

    public static IEnumerable<NftablesRule> Rules => [.. Arp, .. IPv4, .. IPv6];

    private static IEnumerable<NftablesRule> Arp =>
    [
        Arriving("ARP probe for another address", "A probe makes another host give up an address that it is probing too.",
            FromGuarded,
            IsArp,
            NftablesField.Bytes("arp saddr ip", NftPayloadBase.Network, 14, 4).Is("0.0.0.0", new byte[4]),
            NotIn(
                NftablesBridgeSets.Addresses4, NftablesField.InputName, NftablesField.Bytes("arp daddr ip", NftPayloadBase.Network, 24, 4)),
            Drop),
    ];

    private static IEnumerable<NftablesRule> IPv4 =>
    [
        Arriving("no IPv4 address", "Without an address a container asks for a lease and reports its groups, and nothing else.",
            FromGuarded,
            HasNoAddress4,
            NftablesField.Transport.IsNot("udp", new[] { Udp }),
            NftablesField.Transport.IsNot("igmp", new[] { Igmp }),
            Drop),
        Arriving("no IPv4 address in a fragment", "Neither is sent in fragments, whose ports cannot be read.",
            FromGuarded, HasNoAddress4, IsFragment, Drop),
        Arriving("no IPv4 address to a neighbour", "A lease is asked for of all.",
            FromGuarded,
            HasNoAddress4,
            NftablesField.Transport.Is("udp", new[] { Udp }),
            NftablesField.Destination(FirewallFamily.IPv4).IsNot("255.255.255.255", new byte[] { 255, 255, 255, 255 }),
            Drop),
        Arriving("no IPv4 address to a port", "A lease is asked for at one port.",
            FromGuarded,
            HasNoAddress4,
            NftablesField.Transport.Is("udp", new[] { Udp }),
            NftablesField.DestinationPort.IsNot($"{LeasePort}", NetworkOrder(LeasePort)),
            Drop),
        Arriving("no IPv4 address to no group", "Groups are reported to groups.",
            FromGuarded, HasNoAddress4, NftablesField.Transport.Is("igmp", new[] { Igmp }), IsToNoGroup, Drop),
    ];

    private static IEnumerable<NftablesRule> IPv6 =>
    [
        Arriving("no IPv6 address", "Without an address a container speaks to its link only, to find out whether one is free.",
            FromGuarded,
            IsIPv6,
            HasNoAddress6,
            NftablesField.Bytes("ip6 daddr", NftPayloadBase.Network, 24, 2).IsNot("ff02::/16", new byte[] { 0xFF, 0x02 }),
            Drop),
        Arriving("no IPv6 address and another protocol", "That is a matter of neighbour discovery and of multicast listeners alone.",
            FromGuarded, IsIPv6, HasNoAddress6, NftablesField.Transport.IsNot("ipv6-icmp", new[] { IcmpV6 }), Drop),
        .. OtherTypes.Select(types => Arriving(
            $"no IPv6 address and type {types.First}-{types.Last}", "Only a solicitation and a listener's report come from no address.",
            FromGuarded,
            IsIcmpV6,
            HasNoAddress6,
            NftablesField.IcmpV6Type.IsBetween($"{types.First}-{types.Last}", new[] { types.First }, new[] { types.Last }),
            Drop)),
    ];
}
