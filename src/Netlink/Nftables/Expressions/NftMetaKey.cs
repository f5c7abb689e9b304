namespace Net.Netlink.Nftables.Expressions;

/// <summary>Facts about a packet (enum nft_meta_keys).</summary>
public enum NftMetaKey : uint
{
    /// <summary>NFT_META_PROTOCOL: the Ethernet type as the kernel took the packet in, without an outer VLAN tag, 2 bytes in network
    /// order.</summary>
    EtherType = 1,

    /// <summary>NFT_META_MARK: the packet's mark, 4 bytes in host order.</summary>
    Mark = 3,

    /// <summary>NFT_META_IIFNAME: name of the interface it came in by, 16 bytes.</summary>
    InputName = 6,

    /// <summary>NFT_META_OIFNAME: name of the interface it leaves by, 16 bytes.</summary>
    OutputName = 7,

    /// <summary>NFT_META_NFPROTO: IPv4 or IPv6, 1 byte.</summary>
    Family = 15,

    /// <summary>NFT_META_L4PROTO: the transport protocol, 1 byte.</summary>
    Protocol = 16,
}
