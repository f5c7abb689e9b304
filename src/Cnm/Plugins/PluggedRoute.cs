using System.Net;

namespace Net.Cnm.Plugins;

/// <summary>A route that a plug-in wants in a sandbox.</summary>
/// <param name="Destination">The subnet that it leads to.</param>
/// <param name="NextHop">The gateway; null for a subnet that is on the link itself.</param>
public sealed record PluggedRoute(IPNetwork Destination, IPAddress? NextHop = null);
