namespace Net.Netlink.Links;

/// <summary>The attributes inside IFLA_LINKINFO.</summary>
/// <remarks>Source: include/uapi/linux/if_link.h.</remarks>
public enum LinkInfoAttribute : ushort
{
    /// <summary>IFLA_INFO_KIND: text: "bridge", "veth".</summary>
    Kind = 1,

    /// <summary>IFLA_INFO_DATA: nested, its attributes depend on the kind.</summary>
    Data = 2,

    /// <summary>IFLA_INFO_SLAVE_KIND: text: the kind of the master.</summary>
    PortKind = 4,

    /// <summary>IFLA_INFO_SLAVE_DATA: nested, its attributes depend on the kind of the master.</summary>
    PortData = 5,
}
