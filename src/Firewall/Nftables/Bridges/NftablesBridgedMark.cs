using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.NftablesStatement;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>The rules that mark frames on their way from port to port of a bridge, whoever made it, for the forwarding guard
/// (<see cref="BridgedMark"/>).</summary>
internal static class NftablesBridgedMark
{
    private const ushort EtherTypeSession = 0x8864; // PPPoE, in which br_netfilter looks for IP where bridge-nf-filter-pppoe-tagged is 1

    private static NftablesStatement IsGuarded { get; } = In(NftablesBridgeSets.Strangers, NftablesField.EtherType);

    private static NftablesStatement IsSession { get; } =
        NftablesField.EtherType.Is($"0x{EtherTypeSession:x}", NftablesFrames.NetworkOrder(EtherTypeSession));

    private static NftablesStatement Mark { get; } = new(
        $"meta mark set meta mark | 0x{BridgedMark.Bit:x8}",
        new NftMeta(NftMetaKey.Mark),
        new NftOr(BitConverter.GetBytes(BridgedMark.Bit)),
        new NftMetaWrite(NftMetaKey.Mark));

    private static NftablesStatement Unmark { get; } = new(
        $"meta mark set meta mark & 0x{~BridgedMark.Bit:x8}",
        new NftMeta(NftMetaKey.Mark),
        new NftAnd(BitConverter.GetBytes(~BridgedMark.Bit)),
        new NftMetaWrite(NftMetaKey.Mark));

    public static IEnumerable<NftablesRule> Rules =>
    [
        NftablesRule.Of(NftablesChains.Forward, "bridged", "A frame that stays in its bridge is no forwarded packet, in any bridge.",
            IsGuarded, Mark),
        NftablesRule.Of(NftablesChains.Forward, "bridged session", "Nor is one that br_netfilter finds in a PPPoE session.",
            IsSession, Mark),
        NftablesRule.Of(NftablesChains.Forwarded, "bridged", "The mark is gone when the rules for forwarded packets have seen it.",
            IsGuarded, Unmark),
        NftablesRule.Of(NftablesChains.Forwarded, "bridged session", "The same in a session.",
            IsSession, Unmark),
    ];
}
