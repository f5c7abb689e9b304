using System.Net;

namespace Net.Cnm.Findings;

/// <summary>The kernel's answer to where packets for an address go (RTM_GETROUTE).</summary>
/// <param name="Address">The address.</param>
/// <param name="Link">The link that they leave by; null when there is no way, or the route drops them.</param>
public sealed record SurveyedRoute(IPAddress Address, string? Link)
{
    /// <summary>The route that was taken, as ip(8) writes it: <c>172.18.0.128/25 via 192.0.2.2 dev lan</c>; null when no route is
    /// known.</summary>
    public string? Route { get; init; }

    /// <summary>Whether a policy rule drops them, so that no route is asked.</summary>
    public bool IsDroppedByRule { get; init; }

    /// <summary>The subnet that the route leads to; null when no route is known.</summary>
    public IPNetwork? Destination { get; init; }

    /// <summary>The number of the table that the route is in; 254 is main.</summary>
    public uint Table { get; init; } = 254;
}
