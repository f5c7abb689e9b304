using System.Net;
using Net.Cnm.Addresses;

namespace Net.Cnm.DesiredState;

/// <summary>A permanent neighbour entry (NUD_PERMANENT). The kernel needs no ARP for it and does not count it towards the limit of its
/// neighbour table (gc_thresh3).</summary>
public sealed record NeighbourObject : DesiredObject
{
    /// <summary>The network namespace that contains the entry.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The name of the interface over which the neighbour is reached.</summary>
    public required string Link { get; init; }

    /// <summary>The neighbour's IP address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The neighbour's Ethernet address.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <inheritdoc/>
    public override string Key => $"neighbour:{Namespace.Key}:{Link}:{Address}";

    /// <inheritdoc/>
    public override string Label => $"neighbour:{Namespace}:{Link}:{Address}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(Namespace, Link)];
}
