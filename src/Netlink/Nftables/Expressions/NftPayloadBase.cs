namespace Net.Netlink.Nftables.Expressions;

/// <summary>Where in a packet offsets begin (enum nft_payload_bases).</summary>
public enum NftPayloadBase : uint
{
    /// <summary>NFT_PAYLOAD_LL_HEADER: the Ethernet header.</summary>
    Link = 0,

    /// <summary>NFT_PAYLOAD_NETWORK_HEADER: the IP header.</summary>
    Network = 1,

    /// <summary>NFT_PAYLOAD_TRANSPORT_HEADER: the header after that.</summary>
    Transport = 2,
}
