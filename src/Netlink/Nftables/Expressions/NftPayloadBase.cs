namespace Net.Netlink.Nftables.Expressions;

/// <summary>The header of a packet that an offset counts from (enum nft_payload_bases).</summary>
public enum NftPayloadBase : uint
{
    /// <summary>NFT_PAYLOAD_LL_HEADER: the Ethernet header.</summary>
    Link = 0,

    /// <summary>NFT_PAYLOAD_NETWORK_HEADER: the IP header.</summary>
    Network = 1,

    /// <summary>NFT_PAYLOAD_TRANSPORT_HEADER: the header after the IP header and its extensions.</summary>
    Transport = 2,
}
