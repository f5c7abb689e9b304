namespace Net.Netlink.Nftables;

/// <summary>The lower byte of an nf_tables message type.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nf_tables.h, enum nf_tables_msg_types.</remarks>
public static class NftOperation
{
    /// <summary>NFT_MSG_NEWTABLE.</summary>
    public const byte NewTable = 0;

    /// <summary>NFT_MSG_GETTABLE.</summary>
    public const byte GetTable = 1;

    /// <summary>NFT_MSG_DELTABLE: deletes the table with its content.</summary>
    public const byte DeleteTable = 2;

    /// <summary>NFT_MSG_NEWCHAIN.</summary>
    public const byte NewChain = 3;

    /// <summary>NFT_MSG_GETCHAIN.</summary>
    public const byte GetChain = 4;

    /// <summary>NFT_MSG_NEWRULE.</summary>
    public const byte NewRule = 6;

    /// <summary>NFT_MSG_GETRULE.</summary>
    public const byte GetRule = 7;

    /// <summary>NFT_MSG_NEWSET.</summary>
    public const byte NewSet = 9;

    /// <summary>NFT_MSG_GETSET.</summary>
    public const byte GetSet = 10;

    /// <summary>NFT_MSG_NEWSETELEM.</summary>
    public const byte NewElements = 12;

    /// <summary>NFT_MSG_GETSETELEM.</summary>
    public const byte GetElements = 13;

    /// <summary>NFT_MSG_DELSETELEM.</summary>
    public const byte DeleteElements = 14;

    /// <summary>NFT_MSG_NEWGEN: a transaction has been committed; only in events and in the answer to NFT_MSG_GETGEN.</summary>
    public const byte NewGeneration = 15;
}
