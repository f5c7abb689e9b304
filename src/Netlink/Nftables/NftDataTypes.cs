namespace Net.Netlink.Nftables;

/// <summary>Lengths of data types, alone and joined to one key.</summary>
public static class NftDataTypes
{
    private const int BitsOfAType = 6; // TYPE_BITS of nftables
    private const uint MaskOfAType = (1 << BitsOfAType) - 1;

    /// <summary>The bytes of a value.</summary>
    public static int Length(this NftDataType type) => type switch
    {
        NftDataType.IPv4Address => 4,
        NftDataType.EthernetAddress or NftDataType.Integer6 => 6,
        NftDataType.IPv6Address or NftDataType.InterfaceName or NftDataType.Integer16 => 16,
        NftDataType.Protocol => 1,
        NftDataType.Service or NftDataType.EtherType => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown length"),
    };

    /// <summary>The bytes a value takes in a joined key: each part begins in a register of its own, 4 bytes wide.</summary>
    public static int PaddedLength(this NftDataType type) => (type.Length() + 3) & ~3;

    /// <summary>The word nft has for it.</summary>
    public static string ToWord(this NftDataType type) => type switch
    {
        NftDataType.IPv4Address => "ipv4_addr",
        NftDataType.IPv6Address => "ipv6_addr",
        NftDataType.EthernetAddress => "ether_addr",
        NftDataType.EtherType => "ether_type",
        NftDataType.Protocol => "inet_proto",
        NftDataType.Service => "inet_service",
        NftDataType.InterfaceName => "ifname",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown word"),
    };

    /// <summary>The length of a key of these parts.</summary>
    public static int Length(IReadOnlyList<NftDataType> parts) => parts.Count == 1 ? parts[0].Length() : parts.Sum(PaddedLength);

    /// <summary>The number of the joined type, as nft makes it.</summary>
    public static uint Number(IReadOnlyList<NftDataType> parts) =>
        parts.Aggregate(0u, (number, part) => (number << BitsOfAType) | ((uint)part & MaskOfAType));
}
