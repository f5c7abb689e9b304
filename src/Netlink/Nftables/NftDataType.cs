namespace Net.Netlink.Nftables;

/// <summary>The data type of a set's key or value. The kernel only stores the number; nft uses it to print them.</summary>
/// <remarks>Source: nftables include/datatype.h, enum datatypes. The number is in the lower 6 bits; an integer, whose length the number
/// does not say, has its bytes above them.</remarks>
public enum NftDataType : uint
{
    /// <summary>An integer of 6 bytes: an Ethernet address at a place that nft has no name for.</summary>
    Integer6 = 4 | (6 << 8),

    /// <summary>An integer of 16 bytes: an IPv6 address at a place that nft has no name for.</summary>
    Integer16 = 4 | (16 << 8),

    /// <summary>ipv4_addr, 4 bytes.</summary>
    IPv4Address = 7,

    /// <summary>ipv6_addr, 16 bytes.</summary>
    IPv6Address = 8,

    /// <summary>ether_addr, 6 bytes.</summary>
    EthernetAddress = 9,

    /// <summary>ether_type, 2 bytes.</summary>
    EtherType = 10,

    /// <summary>inet_proto, 1 byte.</summary>
    Protocol = 12,

    /// <summary>inet_service, a port, 2 bytes.</summary>
    Service = 13,

    /// <summary>ifname, 16 bytes with zero bytes at the end.</summary>
    InterfaceName = 41,
}
