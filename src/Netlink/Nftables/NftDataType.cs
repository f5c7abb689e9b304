namespace Net.Netlink.Nftables;

/// <summary>What the bytes of a set's key or value mean. The kernel only keeps the number; nft uses it to write them.</summary>
/// <remarks>Source: nftables include/datatype.h, enum datatypes.</remarks>
public enum NftDataType : uint
{
    /// <summary>ipv4_addr, 4 bytes.</summary>
    IPv4Address = 7,

    /// <summary>ipv6_addr, 16 bytes.</summary>
    IPv6Address = 8,

    /// <summary>inet_proto, 1 byte.</summary>
    Protocol = 12,

    /// <summary>inet_service, a port, 2 bytes.</summary>
    Service = 13,

    /// <summary>ifname, 16 bytes with zero bytes at the end.</summary>
    InterfaceName = 41,
}
