namespace Net.Netlink.Links;

/// <summary>The state of a link (ifi_flags).</summary>
/// <remarks>Source: include/uapi/linux/if.h, IFF_*.</remarks>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>No flag is set.</summary>
    None = 0,

    /// <summary>IFF_UP.</summary>
    Up = 1,

    /// <summary>IFF_BROADCAST.</summary>
    Broadcast = 2,

    /// <summary>IFF_LOOPBACK.</summary>
    Loopback = 8,

    /// <summary>IFF_POINTOPOINT.</summary>
    PointToPoint = 16,

    /// <summary>IFF_RUNNING.</summary>
    Running = 64,

    /// <summary>IFF_NOARP.</summary>
    NoArp = 128,

    /// <summary>IFF_PROMISC.</summary>
    Promiscuous = 256,

    /// <summary>IFF_ALLMULTI.</summary>
    AllMulticast = 512,

    /// <summary>IFF_MULTICAST.</summary>
    Multicast = 4096,

    /// <summary>IFF_LOWER_UP.</summary>
    LowerUp = 65536,

    /// <summary>IFF_DORMANT.</summary>
    Dormant = 131072,
}
