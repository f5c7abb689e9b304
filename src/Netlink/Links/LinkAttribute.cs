namespace Net.Netlink.Links;

/// <summary>The attributes of a link message.</summary>
/// <remarks>Source: include/uapi/linux/if_link.h.</remarks>
public enum LinkAttribute : ushort
{
    /// <summary>IFLA_ADDRESS: link-layer address.</summary>
    Address = 1,

    /// <summary>IFLA_BROADCAST: link-layer broadcast address.</summary>
    Broadcast = 2,

    /// <summary>IFLA_IFNAME: text of at most 15 bytes.</summary>
    InterfaceName = 3,

    /// <summary>IFLA_MTU: u32, bytes.</summary>
    Mtu = 4,

    /// <summary>IFLA_LINK: u32, index of the lower link, or of the veth peer.</summary>
    Link = 5,

    /// <summary>IFLA_MASTER: u32, index of the bridge; 0 removes the link from its bridge.</summary>
    Master = 10,

    /// <summary>IFLA_TXQLEN: u32, packets.</summary>
    TransmitQueueLength = 13,

    /// <summary>IFLA_OPERSTATE: u8, RFC 2863.</summary>
    OperationalState = 16,

    /// <summary>IFLA_LINKINFO: nested.</summary>
    LinkInfo = 18,

    /// <summary>IFLA_NET_NS_PID: u32.</summary>
    NamespaceProcessId = 19,

    /// <summary>IFLA_IFALIAS: text of at most 255 bytes.</summary>
    Alias = 20,

    /// <summary>IFLA_AF_SPEC: nested, one attribute for each address family.</summary>
    FamilySpecific = 26,

    /// <summary>IFLA_GROUP: u32.</summary>
    Group = 27,

    /// <summary>IFLA_NET_NS_FD: u32.</summary>
    NamespaceDescriptor = 28,

    /// <summary>IFLA_EXT_MASK: u32, RTEXT_FILTER_*, the additional data that a get request asks for.</summary>
    ExtendedMask = 29,

    /// <summary>IFLA_CARRIER: u8.</summary>
    Carrier = 33,

    /// <summary>IFLA_LINK_NETNSID: s32, the number of the namespace that IFLA_LINK is in, as this namespace numbers it.</summary>
    LinkNamespaceId = 37,
}
