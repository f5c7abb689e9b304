namespace Net.Netlink.Links;

/// <summary>How the kernel makes the link-local IPv6 address of a link.</summary>
/// <remarks>Source: include/uapi/linux/if_link.h, enum in6_addr_gen_mode.</remarks>
public enum AddressGenerationMode : byte
{
    /// <summary>IN6_ADDR_GEN_MODE_EUI64: from the link-layer address.</summary>
    Eui64 = 0,

    /// <summary>IN6_ADDR_GEN_MODE_NONE: not at all.</summary>
    None = 1,

    /// <summary>IN6_ADDR_GEN_MODE_STABLE_PRIVACY: RFC 7217.</summary>
    StablePrivacy = 2,

    /// <summary>IN6_ADDR_GEN_MODE_RANDOM.</summary>
    Random = 3,
}
