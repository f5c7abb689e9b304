namespace Net.Netlink.Nftables;

/// <summary>The lengths, names and numbers of data types, alone and concatenated to one key.</summary>
public static class NftDataTypes
{
    private const int BitsOfAType = 6; // TYPE_BITS of nftables
    private const uint MaskOfAType = (1 << BitsOfAType) - 1;

    /// <summary>The length of a value in bytes.</summary>
    public static int Length(this NftDataType type) => type switch
    {
        NftDataType.IPv4Address => 4,
        NftDataType.EthernetAddress or NftDataType.Integer6 => 6,
        NftDataType.IPv6Address or NftDataType.InterfaceName or NftDataType.Integer16 => 16,
        NftDataType.Protocol => 1,
        NftDataType.Service or NftDataType.EtherType => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown length"),
    };

    /// <summary>The length of a value in a concatenated key, in bytes: each part begins in a register of its own, 4 bytes wide.</summary>
    public static int PaddedLength(this NftDataType type) => (type.Length() + 3) & ~3;

    /// <summary>The type's name in nft.</summary>
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

    /// <summary>The length in bytes of a key of these parts.</summary>
    public static int Length(IReadOnlyList<NftDataType> parts) => parts.Count == 1 ? parts[0].Length() : parts.Sum(PaddedLength);

    /// <summary>The number of the concatenated type, as nft computes it.</summary>
    public static uint Number(IReadOnlyList<NftDataType> parts) =>
        parts.Aggregate(0u, (number, part) => (number << BitsOfAType) | ((uint)part & MaskOfAType));
}
