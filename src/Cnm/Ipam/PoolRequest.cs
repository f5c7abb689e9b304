using System.Net;
using Net.Cnm.Hosts;

namespace Net.Cnm.Ipam;

/// <summary>A request to an IPAM driver for one subnet of a network.</summary>
public sealed record PoolRequest
{
    /// <summary>Whether an IPv6 subnet is wanted; false for IPv4.</summary>
    public required bool IPv6 { get; init; }

    /// <summary>The subnet that is wanted; null to have one chosen from the default pools.</summary>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The part of the subnet from which addresses are assigned; null for the whole subnet.</summary>
    public IPNetwork? Range { get; init; }

    /// <summary>The gateway address that is wanted; null for the first usable address.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Whether a gateway address is chosen when none is wanted. Default true.</summary>
    public bool NeedsGateway { get; init; } = true;

    /// <summary>Addresses of the subnet that are never assigned, by the names that the user gave them.</summary>
    public IReadOnlyDictionary<string, IPAddress> AuxiliaryAddresses { get; init; } = new Dictionary<string, IPAddress>();

    /// <summary>Addresses of the host, in any subnet, that are never assigned where the subnet is one that the host is on by the same
    /// link.</summary>
    public IReadOnlyList<IPAddress> HostAddresses { get; init; } = [];

    /// <summary>The host's routes. A subnet that is chosen is beside all of them, default routes left out, or, when nothing else is left,
    /// inside a less specific one by a gateway. A subnet that is given may overlap them: whether it does is for the network driver to
    /// judge.</summary>
    public IReadOnlyList<HostRoute> HostRoutes { get; init; } = [];

    /// <summary>The name of the network that the subnet is for, used in messages.</summary>
    public required string NetworkName { get; init; }
}
