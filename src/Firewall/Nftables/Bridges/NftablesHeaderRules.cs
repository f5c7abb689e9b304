using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.Bridges.NftablesFrames;
using static Net.Firewall.Nftables.NftablesStatement;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>The last rules for arriving frames: an IPv6 packet whose headers the rules before could not read is dropped.</summary>
/// <remarks>A condition on a field that is not in the packet never holds, not even a negated one. So packets whose fields can be read are
/// accepted, and the rest is dropped.</remarks>
internal static class NftablesHeaderRules
{
    private const byte Reserved = 255; // neither a protocol nor a type
    private const byte IcmpV6 = 58;
    private const byte FragmentHeader = 44;
    private const int FragmentOffset = 2; // bytes; 13 bits, then 3 others

    public static IEnumerable<NftablesRule> All =>
    [
        Arriving("readable", "Its headers lead to a transport, so it is not neighbour discovery.",
            FromGuarded, IsIPv6, NftablesField.Transport.IsNot("ipv6-icmp", new[] { IcmpV6 }), Accept),
        Arriving("readable ICMPv6", "Its type can be read, so the rules before have seen what it is.",
            FromGuarded, IsIcmpV6, NftablesField.IcmpV6Type.IsNot($"{Reserved}", new[] { Reserved }), Accept),
        Arriving("later fragment", "Only the first fragment of a packet says what it is.",
            FromGuarded, IsIPv6, NftablesField.Source(FirewallFamily.IPv6).IsNot("::", new byte[16]), IsLaterFragment, Accept),
        Arriving("unreadable", "Headers that cannot be followed could hide neighbour discovery.", FromGuarded, IsIPv6, Drop),
    ];

    private static NftablesStatement IsLaterFragment { get; } = new(
        "frag frag-off != 0",
        new NftExtensionHeader(FragmentHeader, FragmentOffset, 2),
        new NftAnd(NetworkOrder(0xFFF8)),
        new NftCompare(new byte[2], NftComparison.NotEqual));
}
