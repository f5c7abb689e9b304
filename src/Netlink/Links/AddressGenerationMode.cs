namespace Net.Netlink.Links;

/// <summary>How the kernel makes the link-local IPv6 address of a link.</summary>
/// <remarks>Source: include/uapi/linux/if_link.h, enum in6_addr_gen_mode.</remarks>
public enum AddressGenerationMode : byte
{
    /// <summary>IN6_ADDR_GEN_MODE_EUI64: derived from the link-layer address.</summary>
    Eui64 = 0,

    /// <summary>IN6_ADDR_GEN_MODE_NONE: the kernel makes none.</summary>
    None = 1,

    /// <summary>IN6_ADDR_GEN_MODE_STABLE_PRIVACY: a stable, opaque address (RFC 7217).</summary>
    StablePrivacy = 2,

    /// <summary>IN6_ADDR_GEN_MODE_RANDOM: as stable privacy, with a random secret.</summary>
    Random = 3,
}
