namespace Net.Netlink.Nftables;

/// <summary>The netfilter hook of an IP family that a base chain is attached to.</summary>
/// <remarks>Source: include/uapi/linux/netfilter.h, enum nf_inet_hooks.</remarks>
public enum NftHook : uint
{
    /// <summary>NF_INET_PRE_ROUTING.</summary>
    Prerouting = 0,

    /// <summary>NF_INET_LOCAL_IN.</summary>
    Input = 1,

    /// <summary>NF_INET_FORWARD.</summary>
    Forward = 2,

    /// <summary>NF_INET_LOCAL_OUT.</summary>
    Output = 3,

    /// <summary>NF_INET_POST_ROUTING.</summary>
    Postrouting = 4,
}
