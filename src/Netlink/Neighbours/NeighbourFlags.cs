namespace Net.Netlink.Neighbours;

/// <summary>How a neighbour entry is used (ndm_flags).</summary>
/// <remarks>Source: include/uapi/linux/neighbour.h, NTF_*.</remarks>
[Flags]
public enum NeighbourFlags : byte
{
    /// <summary>No flag is set.</summary>
    None = 0,

    /// <summary>NTF_USE.</summary>
    Use = 1,

    /// <summary>NTF_SELF.</summary>
    Self = 2,

    /// <summary>NTF_MASTER.</summary>
    Master = 4,

    /// <summary>NTF_PROXY.</summary>
    Proxy = 8,

    /// <summary>NTF_EXT_LEARNED.</summary>
    ExternallyLearned = 16,

    /// <summary>NTF_ROUTER.</summary>
    Router = 128,
}
