namespace Net.Netlink.Links;

/// <summary>A setting of a link for IPv6, which is also a file below /proc/sys/net/ipv6/conf: those that this version asks for.</summary>
/// <remarks>Source: DEVCONF_* in include/uapi/linux/ipv6.h, of which 0 is the first number in IFLA_INET6_CONF.</remarks>
public enum IPv6LinkSetting
{
    /// <summary>forwarding.</summary>
    Forwarding = 0,

    /// <summary>accept_ra.</summary>
    AcceptAdvertisements = 3,

    /// <summary>accept_redirects.</summary>
    AcceptRedirects = 4,

    /// <summary>disable_ipv6.</summary>
    DisableIPv6 = 26,
}
