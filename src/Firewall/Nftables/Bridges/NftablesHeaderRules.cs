using static Net.Firewall.Nftables.Bridges.NftablesFrames;
using static Net.Firewall.Nftables.NftablesPart;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>The last rules for what arrives: an IPv6 packet that the rules before could not read does not pass.</summary>
internal static class NftablesHeaderRules
{
    private const byte Reserved = 255;

    public static IEnumerable<NftablesRule> All =>
    [
        Arriving("readable", "Its headers can be followed to the transport, so the rules before have seen it.",
            FromGuarded, IsIPv6, NftablesField.Transport.IsNot($"{Reserved}", new[] { Reserved }), Accept),
        Arriving("unreadable", "Headers that cannot be followed could hide neighbour discovery.", FromGuarded, IsIPv6, Drop),
    ];
}
