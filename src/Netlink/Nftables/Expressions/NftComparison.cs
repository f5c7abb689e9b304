namespace Net.Netlink.Nftables.Expressions;

/// <summary>How a register is compared with a value (enum nft_cmp_ops); bytes are compared from the first on.</summary>
public enum NftComparison : uint
{
    /// <summary>NFT_CMP_EQ.</summary>
    Equal = 0,

    /// <summary>NFT_CMP_NEQ.</summary>
    NotEqual = 1,

    /// <summary>NFT_CMP_LTE.</summary>
    AtMost = 3,

    /// <summary>NFT_CMP_GTE.</summary>
    AtLeast = 5,
}
