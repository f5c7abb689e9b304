using System.Net;

namespace Net.Controller.Requests;

/// <summary>The link of an endpoint of another program, which takes it into a container of its own.</summary>
/// <param name="Name">The name of the link in the daemon's namespace.</param>
/// <param name="Prefix">What its name in the container is to begin with; a number follows.</param>
/// <param name="GatewayIPv4">The next hop of the container's IPv4 default route; null for none.</param>
/// <param name="GatewayIPv6">The same for IPv6.</param>
/// <param name="RoutedFamilies">The address families, true for IPv6, whose default routes lead by the link itself.</param>
/// <param name="IsNeverWayOut">Whether the network is never a way out, though containers on it may have others.</param>
public sealed record ForeignLink(
    string Name, string Prefix, IPAddress? GatewayIPv4, IPAddress? GatewayIPv6, IReadOnlyList<bool> RoutedFamilies, bool IsNeverWayOut);
