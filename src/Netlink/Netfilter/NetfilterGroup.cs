namespace Net.Netlink.Netfilter;

/// <summary>The multicast groups of NETLINK_NETFILTER events.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink.h, enum nfnetlink_groups.</remarks>
public enum NetfilterGroup
{
    /// <summary>NFNLGRP_CONNTRACK_NEW.</summary>
    ConntrackNew = 1,

    /// <summary>NFNLGRP_CONNTRACK_UPDATE.</summary>
    ConntrackUpdate = 2,

    /// <summary>NFNLGRP_CONNTRACK_DESTROY.</summary>
    ConntrackDestroy = 3,

    /// <summary>NFNLGRP_NFTABLES: added and deleted tables, chains, rules, sets and elements.</summary>
    Nftables = 7,
}
