using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.Bridges.NftablesFrames;
using static Net.Firewall.Nftables.NftablesPart;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>The last rules for what arrives: an IPv6 packet that the rules before could not read does not pass.</summary>
/// <remarks>A condition on what is not in the packet is never met, whichever it is: so what can be read is let through, and the rest
/// dropped.</remarks>
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
        Arriving("later fragment", "Only the first fragment of a packet says what it is.", FromGuarded, IsIPv6, IsLaterFragment, Accept),
        Arriving("unreadable", "Headers that cannot be followed could hide neighbour discovery.", FromGuarded, IsIPv6, Drop),
    ];

    private static NftablesPart IsLaterFragment { get; } = new(
        "frag frag-off != 0",
        new NftExtensionHeader(FragmentHeader, FragmentOffset, 2),
        new NftAnd(NetworkOrder(0xFFF8)),
        new NftCompare(new byte[2], NftComparison.NotEqual));
}
