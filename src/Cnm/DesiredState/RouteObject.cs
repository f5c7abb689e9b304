using System.Net;

namespace Net.Cnm.DesiredState;

/// <summary>A route in the main routing table. It carries the protocol number of this program (rtm_protocol), which tells it apart from the
/// routes of others.</summary>
public sealed record RouteObject : DesiredObject
{
    /// <summary>The network namespace that contains the route.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The destination subnet; prefix length 0 makes it the default route.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>The address of the next hop; null for a destination that is directly on the link.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The name of the outgoing interface.</summary>
    public required string Link { get; init; }

    /// <summary>The metric, of which the lowest wins; null for the kernel's: 0 for IPv4, 1024 for IPv6.</summary>
    public uint? Metric { get; init; }

    /// <summary>Whether a route of another program to the same destination may stand in its place. Default false.</summary>
    public bool Yields { get; init; }

    /// <inheritdoc/>
    public override string Key => $"route:{Namespace.Key}:{Destination}";

    /// <inheritdoc/>
    public override string Label => $"route:{Namespace}:{Destination}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(Namespace, Link)];
}
