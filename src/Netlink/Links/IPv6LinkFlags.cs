namespace Net.Netlink.Links;

/// <summary>The state of IPv6 on a link.</summary>
/// <remarks>Source: IF_READY in include/net/if_inet6.h, which IFLA_INET6_FLAGS tells (inet6_fill_ifla6_attrs in
/// net/ipv6/addrconf.c).</remarks>
[Flags]
public enum IPv6LinkFlags : uint
{
    /// <summary>The link has had a carrier since IPv6 came up on it, so that the kernel has added what follows from its addresses. It does
    /// not do so again when the carrier goes and comes.</summary>
    Ready = 0x8000_0000,
}
