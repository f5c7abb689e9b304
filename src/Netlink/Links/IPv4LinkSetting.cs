namespace Net.Netlink.Links;

/// <summary>A setting of a link for IPv4, which is also a file below /proc/sys/net/ipv4/conf: those that this version asks for.</summary>
/// <remarks>Source: IPV4_DEVCONF_* in include/uapi/linux/ip.h, of which 1 is the first number in IFLA_INET_CONF.</remarks>
public enum IPv4LinkSetting
{
    /// <summary>forwarding.</summary>
    Forwarding = 1,

    /// <summary>accept_redirects.</summary>
    AcceptRedirects = 4,

    /// <summary>secure_redirects.</summary>
    SecureRedirects = 5,

    /// <summary>send_redirects.</summary>
    SendRedirects = 6,

    /// <summary>rp_filter.</summary>
    ReversePathFilter = 8,

    /// <summary>route_localnet.</summary>
    RouteLocalNet = 26,
}
