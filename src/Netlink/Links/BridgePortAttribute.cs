namespace Net.Netlink.Links;

/// <summary>The attributes of a bridge port, inside IFLA_INFO_SLAVE_DATA.</summary>
/// <remarks>Source: include/uapi/linux/if_link.h.</remarks>
public enum BridgePortAttribute : ushort
{
    /// <summary>IFLA_BRPORT_STATE: u8.</summary>
    State = 1,

    /// <summary>IFLA_BRPORT_MODE: u8, whether a frame may leave by the port it came in by (hairpin mode).</summary>
    Hairpin = 4,

    /// <summary>IFLA_BRPORT_GUARD: u8.</summary>
    BpduGuard = 5,

    /// <summary>IFLA_BRPORT_LEARNING: u8.</summary>
    Learning = 8,

    /// <summary>IFLA_BRPORT_UNICAST_FLOOD: u8.</summary>
    UnicastFlood = 9,

    /// <summary>IFLA_BRPORT_MCAST_FLOOD: u8.</summary>
    MulticastFlood = 27,

    /// <summary>IFLA_BRPORT_NEIGH_SUPPRESS: u8.</summary>
    NeighbourSuppress = 32,

    /// <summary>IFLA_BRPORT_ISOLATED: u8, whether the port exchanges no frames with other isolated ports.</summary>
    Isolated = 33,
}
