using System.Net;

namespace Net.Cnm.Hosts;

/// <summary>A route of the host's main table that this program did not make.</summary>
/// <param name="Destination">The subnet that it leads to; prefix length 0 for a default route.</param>
/// <param name="Link">The name of the link that it leads out by; null for a route that drops its packets, or that has several
/// gateways.</param>
/// <param name="Gateway">The gateway; null for a subnet that the host is on, and for a route that drops its packets or has several
/// gateways.</param>
public sealed record HostRoute(IPNetwork Destination, string? Link = null, IPAddress? Gateway = null)
{
    /// <summary>Whether the host itself is on the subnet, by its link: a connected route. False for a default route and for half of one
    /// (0.0.0.0/1), which are set on a tunnel's link without a gateway and are no subnet.</summary>
    public bool IsConnected => Gateway is null && Link is not null && !IsDefault;

    /// <summary>Whether it is a default route or half of one, as VPN programs set them: no subnet is chosen after it.</summary>
    public bool IsDefault => Destination.PrefixLength <= 1;

    /// <summary>The route as ip(8) writes it, such as <c>10.0.0.0/8 via 192.0.2.254 dev eth0</c>.</summary>
    public override string ToString() =>
        $"{Destination}{(Gateway is null ? "" : $" via {Gateway}")}{(Link is null ? "" : $" dev {Link}")}";
}
