using System.Net;

namespace Net.Cnm.DesiredState;

/// <summary>A route in the main table, with our protocol number so that it can be told from others'.</summary>
public sealed record RouteObject : DesiredObject
{
    /// <summary>The namespace it is in.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>Where it leads; prefix length 0 is the default route.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>The next hop, or null for a destination on the link itself.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The interface it goes out of.</summary>
    public required string Link { get; init; }

    /// <inheritdoc/>
    public override string Key => $"route:{Namespace.Key}:{Destination}";

    /// <inheritdoc/>
    public override string Label => $"route:{Namespace}:{Destination}";
}
