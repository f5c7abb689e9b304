using System.Net;

namespace Net.Cnm.Networks;

/// <summary>One subnet of a network, everything chosen.</summary>
public sealed record AddressPool
{
    /// <summary>The subnet, its host bits zero.</summary>
    public required IPNetwork Subnet { get; init; }

    /// <summary>The part of the subnet that addresses are handed out from, or null for all of it.</summary>
    public IPNetwork? Range { get; init; }

    /// <summary>The gateway, an address of the subnet; null when the network has none.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Addresses that are never handed out, by the name the user gave them.</summary>
    public IReadOnlyDictionary<string, IPAddress> AuxiliaryAddresses { get; init; } = new Dictionary<string, IPAddress>();

    /// <summary>Whether the subnet is an IPv6 one.</summary>
    public bool IsIPv6 => Subnet.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
}
