namespace Net.Netlink.Neighbours;

/// <summary>The attributes of a neighbour message.</summary>
/// <remarks>Source: include/uapi/linux/neighbour.h.</remarks>
public enum NeighbourAttribute : ushort
{
    /// <summary>NDA_DST: network address.</summary>
    Destination = 1,

    /// <summary>NDA_LLADDR: link-layer address.</summary>
    LinkAddress = 2,

    /// <summary>NDA_CACHEINFO.</summary>
    CacheInfo = 3,

    /// <summary>NDA_MASTER: u32, link index.</summary>
    Master = 9,
}
