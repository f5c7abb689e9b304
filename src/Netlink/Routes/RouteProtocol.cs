namespace Net.Netlink.Routes;

/// <summary>The origin of a route.</summary>
/// <remarks>Source: include/uapi/linux/rtnetlink.h, RTPROT_*.</remarks>
public enum RouteProtocol : byte
{
    /// <summary>RTPROT_UNSPEC.</summary>
    Unspecified = 0,

    /// <summary>RTPROT_REDIRECT: from an ICMP redirect.</summary>
    Redirect = 1,

    /// <summary>RTPROT_KERNEL: created by the kernel with an address.</summary>
    Kernel = 2,

    /// <summary>RTPROT_BOOT: the default of ip(8).</summary>
    Boot = 3,

    /// <summary>RTPROT_STATIC.</summary>
    Static = 4,

    /// <summary>RTPROT_RA: from a router advertisement.</summary>
    RouterAdvertisement = 9,

    /// <summary>RTPROT_DHCP.</summary>
    Dhcp = 16,
}
