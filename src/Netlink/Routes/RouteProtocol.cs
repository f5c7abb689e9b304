namespace Net.Netlink.Routes;

/// <summary>Who made a route.</summary>
/// <remarks>Source: include/uapi/linux/rtnetlink.h, RTPROT_*.</remarks>
public enum RouteProtocol : byte
{
    /// <summary>RTPROT_UNSPEC.</summary>
    Unspecified = 0,

    /// <summary>RTPROT_REDIRECT: ICMP.</summary>
    Redirect = 1,

    /// <summary>RTPROT_KERNEL: follows from an address.</summary>
    Kernel = 2,

    /// <summary>RTPROT_BOOT: what ip(8) sets.</summary>
    Boot = 3,

    /// <summary>RTPROT_STATIC.</summary>
    Static = 4,

    /// <summary>RTPROT_RA.</summary>
    RouterAdvertisement = 9,

    /// <summary>RTPROT_DHCP.</summary>
    Dhcp = 16,
}
