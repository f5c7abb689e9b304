using System.Net;

namespace Net.Cnm.Ipam;

/// <summary>What is asked of an IPAM driver for one subnet of a network.</summary>
public sealed record PoolRequest
{
    /// <summary>Whether an IPv6 subnet is wanted.</summary>
    public required bool IPv6 { get; init; }

    /// <summary>The subnet, or null to have one chosen from the default pools.</summary>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The part of it that addresses are handed out from, or null for all.</summary>
    public IPNetwork? Range { get; init; }

    /// <summary>The gateway wanted, or null for the first usable address.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Addresses never to be handed out, by name.</summary>
    public IReadOnlyDictionary<string, IPAddress> AuxiliaryAddresses { get; init; } = new Dictionary<string, IPAddress>();

    /// <summary>Destinations of the host's routes, which a chosen or given subnet must not overlap (/0 and /1 do not count).</summary>
    public IReadOnlyList<IPNetwork> HostRoutes { get; init; } = [];

    /// <summary>The name of the network it is for, for messages.</summary>
    public required string NetworkName { get; init; }
}
