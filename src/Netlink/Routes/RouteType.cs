namespace Net.Netlink.Routes;

/// <summary>What the kernel does with a packet that takes a route.</summary>
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

    /// <summary>RTN_BLACKHOLE: the packet is dropped.</summary>
    Blackhole = 6,

    /// <summary>RTN_UNREACHABLE: the sender is told that the host is unreachable.</summary>
    Unreachable = 7,

    /// <summary>RTN_PROHIBIT: the sender is told that access is prohibited.</summary>
    Prohibit = 8,

    /// <summary>RTN_THROW: the lookup goes on in the next table.</summary>
    Throw = 9,
}
