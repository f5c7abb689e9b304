using System.Net;
using Net.Cnm.Addresses;

namespace Net.Cnm.DesiredState;

/// <summary>A permanent neighbour entry: no ARP, and not counted in the kernel's table limit (gc_thresh3).</summary>
public sealed record NeighbourObject : DesiredObject
{
    /// <summary>The namespace it is in.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The interface the neighbour is reached over.</summary>
    public required string Link { get; init; }

    /// <summary>The neighbour's address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The neighbour's Ethernet address.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <inheritdoc/>
    public override string Key => $"neighbour:{Namespace.Key}:{Link}:{Address}";

    /// <inheritdoc/>
    public override string Label => $"neighbour:{Namespace}:{Link}:{Address}";
}
