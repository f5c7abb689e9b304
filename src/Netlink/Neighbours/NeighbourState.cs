namespace Net.Netlink.Neighbours;

/// <summary>The state of a neighbour entry (ndm_state).</summary>
/// <remarks>Source: include/uapi/linux/neighbour.h, NUD_*.</remarks>
[Flags]
public enum NeighbourState : ushort
{
    /// <summary>NUD_NONE.</summary>
    None = 0,

    /// <summary>NUD_INCOMPLETE.</summary>
    Incomplete = 1,

    /// <summary>NUD_REACHABLE.</summary>
    Reachable = 2,

    /// <summary>NUD_STALE.</summary>
    Stale = 4,

    /// <summary>NUD_DELAY.</summary>
    Delay = 8,

    /// <summary>NUD_PROBE.</summary>
    Probe = 16,

    /// <summary>NUD_FAILED.</summary>
    Failed = 32,

    /// <summary>NUD_NOARP.</summary>
    NoArp = 64,

    /// <summary>NUD_PERMANENT: never resolved, never garbage-collected, not counted in gc_thresh3.</summary>
    Permanent = 128,
}
