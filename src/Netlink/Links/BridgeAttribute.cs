namespace Net.Netlink.Links;

/// <summary>The attributes of a bridge, inside IFLA_INFO_DATA.</summary>
/// <remarks>Source: include/uapi/linux/if_link.h.</remarks>
public enum BridgeAttribute : ushort
{
    /// <summary>IFLA_BR_FORWARD_DELAY: u32, hundredths of a second.</summary>
    ForwardDelay = 1,

    /// <summary>IFLA_BR_AGEING_TIME: u32, hundredths of a second.</summary>
    AgeingTime = 4,

    /// <summary>IFLA_BR_STP_STATE: u32, 0 is off.</summary>
    StpState = 5,

    /// <summary>IFLA_BR_VLAN_FILTERING: u8.</summary>
    VlanFiltering = 7,

    /// <summary>IFLA_BR_MCAST_SNOOPING: u8.</summary>
    MulticastSnooping = 23,

    /// <summary>IFLA_BR_NF_CALL_IPTABLES: u8.</summary>
    CallIptables = 36,

    /// <summary>IFLA_BR_NF_CALL_IP6TABLES: u8.</summary>
    CallIp6tables = 37,

    /// <summary>IFLA_BR_NF_CALL_ARPTABLES: u8.</summary>
    CallArptables = 38,

    /// <summary>IFLA_BR_MULTI_BOOLOPT: struct br_boolopt_multi, 8 bytes: values and mask of the BR_BOOLOPT_ bits (if_bridge.h).</summary>
    Options = 46,
}
