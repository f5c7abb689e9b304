namespace Net.Netlink.Netfilter;

/// <summary>The groups of netfilter events.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink.h, enum nfnetlink_groups.</remarks>
public enum NetfilterGroup
{
    /// <summary>NFNLGRP_CONNTRACK_NEW.</summary>
    ConntrackNew = 1,

    /// <summary>NFNLGRP_CONNTRACK_UPDATE.</summary>
    ConntrackUpdate = 2,

    /// <summary>NFNLGRP_CONNTRACK_DESTROY.</summary>
    ConntrackDestroy = 3,

    /// <summary>NFNLGRP_NFTABLES: tables, chains, rules, sets and elements that come and go.</summary>
    Nftables = 7,
}
