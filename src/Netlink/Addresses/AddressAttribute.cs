namespace Net.Netlink.Addresses;

/// <summary>The attributes of an address message.</summary>
/// <remarks>Source: include/uapi/linux/if_addr.h.</remarks>
public enum AddressAttribute : ushort
{
    /// <summary>IFA_ADDRESS: the address; on a point-to-point link that of the other end.</summary>
    Address = 1,

    /// <summary>IFA_LOCAL: the link's own address; present for IPv4, and for IPv6 with a peer.</summary>
    Local = 2,

    /// <summary>IFA_LABEL: text.</summary>
    Label = 3,

    /// <summary>IFA_BROADCAST.</summary>
    Broadcast = 4,

    /// <summary>IFA_CACHEINFO: struct ifa_cacheinfo.</summary>
    CacheInfo = 6,

    /// <summary>IFA_FLAGS: u32, all flags.</summary>
    Flags = 8,

    /// <summary>IFA_RT_PRIORITY: u32.</summary>
    RoutePriority = 9,

    /// <summary>IFA_PROTO: u8, who created the address.</summary>
    Protocol = 11,
}
