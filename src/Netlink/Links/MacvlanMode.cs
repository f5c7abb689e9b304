namespace Net.Netlink.Links;

/// <summary>How macvlan links of one parent reach each other (MACVLAN_MODE_*).</summary>
/// <remarks>Source: include/uapi/linux/if_link.h, ip-link(8).</remarks>
public enum MacvlanMode : uint
{
    /// <summary>MACVLAN_MODE_PRIVATE: not at all.</summary>
    Private = 1,

    /// <summary>MACVLAN_MODE_VEPA: by a switch outside that sends frames back by the port they came from.</summary>
    Vepa = 2,

    /// <summary>MACVLAN_MODE_BRIDGE: directly.</summary>
    Bridge = 4,

    /// <summary>MACVLAN_MODE_PASSTHRU: there is one link, which takes over its parent.</summary>
    PassThrough = 8,
}
