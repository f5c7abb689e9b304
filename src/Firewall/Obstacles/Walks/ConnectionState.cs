namespace Net.Firewall.Obstacles.Walks;

/// <summary>The bits by which rules see the state of a packet's connection.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nf_conntrack_common.h, NF_CT_STATE_BIT.</remarks>
internal static class ConnectionState
{
    /// <summary>The packet belongs to a connection that has been answered.</summary>
    public const uint Established = 2;

    /// <summary>The packet is the first of its connection.</summary>
    public const uint New = 8;
}
