namespace Net.Netlink.Routes;

/// <summary>What happens to a packet that takes a route.</summary>
/// <remarks>Source: include/uapi/linux/rtnetlink.h, RTN_*.</remarks>
public enum RouteType : byte
{
    /// <summary>RTN_UNSPEC.</summary>
    Unspecified = 0,

    /// <summary>RTN_UNICAST.</summary>
    Unicast = 1,

    /// <summary>RTN_LOCAL.</summary>
    Local = 2,

    /// <summary>RTN_BROADCAST.</summary>
    Broadcast = 3,

    /// <summary>RTN_ANYCAST.</summary>
    Anycast = 4,

    /// <summary>RTN_MULTICAST.</summary>
    Multicast = 5,

    /// <summary>RTN_BLACKHOLE: dropped.</summary>
    Blackhole = 6,

    /// <summary>RTN_UNREACHABLE: refused, host unreachable.</summary>
    Unreachable = 7,

    /// <summary>RTN_PROHIBIT: refused, administratively.</summary>
    Prohibit = 8,

    /// <summary>RTN_THROW: not in this table.</summary>
    Throw = 9,
}
