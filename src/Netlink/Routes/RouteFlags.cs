namespace Net.Netlink.Routes;

/// <summary>The state of a route (rtm_flags).</summary>
/// <remarks>Source: include/uapi/linux/rtnetlink.h, RTNH_F_*, RTM_F_*.</remarks>
[Flags]
public enum RouteFlags : uint
{
    /// <summary>No flag is set.</summary>
    None = 0,

    /// <summary>RTNH_F_DEAD.</summary>
    Dead = 1,

    /// <summary>RTNH_F_ONLINK: the gateway is on the link even where no address of the link says so.</summary>
    OnLink = 4,

    /// <summary>RTNH_F_LINKDOWN.</summary>
    LinkDown = 16,

    /// <summary>RTM_F_CLONED: a route cache entry.</summary>
    Cloned = 512,

    /// <summary>RTM_F_LOOKUP_TABLE: a look-up is answered with the table that the route was found in; otherwise with main.</summary>
    LookupTable = 4096,

    /// <summary>RTM_F_FIB_MATCH: a look-up is answered with the route that was taken, not with what follows from it.</summary>
    FibMatch = 8192,
}
