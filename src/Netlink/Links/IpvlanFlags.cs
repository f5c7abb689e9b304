namespace Net.Netlink.Links;

/// <summary>How the links of one ipvlan parent reach each other (IPVLAN_F_*). Without a flag: directly.</summary>
/// <remarks>Source: include/uapi/linux/if_link.h.</remarks>
[Flags]
public enum IpvlanFlags : ushort
{
    /// <summary>Directly, as on a bridge.</summary>
    None = 0,

    /// <summary>IPVLAN_F_PRIVATE: not at all.</summary>
    Private = 1,

    /// <summary>IPVLAN_F_VEPA: by a switch outside that sends frames back by the port they came from.</summary>
    Vepa = 2,
}
