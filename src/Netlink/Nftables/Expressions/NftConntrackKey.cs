namespace Net.Netlink.Nftables.Expressions;

/// <summary>Facts that connection tracking knows of a packet (enum nft_ct_keys).</summary>
public enum NftConntrackKey : uint
{
    /// <summary>NFT_CT_STATE: a bit mask; 2 established, 4 related, 8 new.</summary>
    State = 0,

    /// <summary>NFT_CT_STATUS: a bit mask; 0x20 destination translated (IPS_DST_NAT).</summary>
    Status = 2,
}
