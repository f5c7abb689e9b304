namespace Net.Netlink.Links;

/// <summary>On which layer the links of one ipvlan parent work (IPVLAN_MODE_*).</summary>
/// <remarks>Source: include/uapi/linux/if_link.h, enum ipvlan_mode.</remarks>
public enum IpvlanMode : ushort
{
    /// <summary>IPVLAN_MODE_L2.</summary>
    L2 = 0,

    /// <summary>IPVLAN_MODE_L3: packets are routed in the parent's namespace.</summary>
    L3 = 1,

    /// <summary>IPVLAN_MODE_L3S: as L3, with the netfilter of the parent's namespace.</summary>
    L3S = 2,
}
