using Net.Netlink.Nftables.Expressions;

namespace Net.Firewall.Nftables;

/// <summary>A field of a packet, or a fact about it, that a rule can compare or look up.</summary>
/// <param name="Text">The field's name in nft.</param>
/// <param name="Slots">The number of 4-byte registers that the value fills.</param>
/// <param name="Load">Loads the value into registers, beginning at a slot.</param>
internal sealed record NftablesField(string Text, int Slots, Func<int, NftExpression> Load)
{
    private const int SlotLength = 4;

    /// <summary>The name of the interface that the packet came in by; in a bridge, of the port.</summary>
    public static NftablesField InputName { get; } = new("iifname", 4, slot => new NftMeta(NftMetaKey.InputName, slot));

    /// <summary>The name of the interface that the packet leaves by; in a bridge, of the port.</summary>
    public static NftablesField OutputName { get; } = new("oifname", 4, slot => new NftMeta(NftMetaKey.OutputName, slot));

    /// <summary>The Ethernet type, without an outer VLAN tag.</summary>
    public static NftablesField EtherType { get; } = new("meta protocol", 1, slot => new NftMeta(NftMetaKey.EtherType, slot));

    /// <summary>The transport protocol, behind all extension headers.</summary>
    public static NftablesField Transport { get; } = new("meta l4proto", 1, slot => new NftMeta(NftMetaKey.Protocol, slot));

    /// <summary>The transport's source port.</summary>
    public static NftablesField SourcePort { get; } = Bytes("th sport", NftPayloadBase.Transport, 0, 2);

    /// <summary>The transport's destination port.</summary>
    public static NftablesField DestinationPort { get; } = Bytes("th dport", NftPayloadBase.Transport, 2, 2);

    /// <summary>The Ethernet destination.</summary>
    public static NftablesField EtherDestination { get; } = Bytes("ether daddr", NftPayloadBase.Link, 0, 6);

    /// <summary>The Ethernet source.</summary>
    public static NftablesField EtherSource { get; } = Bytes("ether saddr", NftPayloadBase.Link, 6, 6);

    /// <summary>The type of an ICMPv6 message.</summary>
    public static NftablesField IcmpV6Type { get; } = Bytes("icmpv6 type", NftPayloadBase.Transport, 0, 1);

    /// <summary>The IP source address.</summary>
    public static NftablesField Source(FirewallFamily family) => family == FirewallFamily.IPv4
        ? Bytes("ip saddr", NftPayloadBase.Network, 12, 4)
        : Bytes("ip6 saddr", NftPayloadBase.Network, 8, 16);

    /// <summary>The IP destination address.</summary>
    public static NftablesField Destination(FirewallFamily family) => family == FirewallFamily.IPv4
        ? Bytes("ip daddr", NftPayloadBase.Network, 16, 4)
        : Bytes("ip6 daddr", NftPayloadBase.Network, 24, 16);

    /// <summary>Bytes of a header.</summary>
    public static NftablesField Bytes(string text, NftPayloadBase header, int offset, int length) =>
        new(text, (length + SlotLength - 1) / SlotLength, slot => new NftPayload(header, offset, length, slot));

    /// <summary>The condition that the field has this value.</summary>
    /// <param name="text">The value as nft writes it.</param>
    /// <param name="value">Its bytes.</param>
    public NftablesStatement Is(string text, ReadOnlyMemory<byte> value) => new($"{Text} {text}", Load(0), new NftCompare(value));

    /// <summary>The condition that the field does not have this value.</summary>
    public NftablesStatement IsNot(string text, ReadOnlyMemory<byte> value) =>
        new($"{Text} != {text}", Load(0), new NftCompare(value, NftComparison.NotEqual));

    /// <summary>The condition that the field is one of consecutive values, both ends included; bytes in network order.</summary>
    public NftablesStatement IsBetween(string text, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> last) =>
        new($"{Text} {text}", Load(0), new NftCompare(first, NftComparison.AtLeast), new NftCompare(last, NftComparison.AtMost));
}
