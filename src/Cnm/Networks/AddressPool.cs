using System.Net;

namespace Net.Cnm.Networks;

/// <summary>One subnet of a network. Everything that the user left open has been chosen.</summary>
public sealed record AddressPool
{
    /// <summary>The subnet; its host bits are zero.</summary>
    public required IPNetwork Subnet { get; init; }

    /// <summary>The part of the subnet from which addresses are assigned; null for the whole subnet.</summary>
    public IPNetwork? Range { get; init; }

    /// <summary>The address of the gateway, which is in the subnet; null when the network has no gateway.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Whether the gateway is an address that the network's link had before and that is not ours
    /// (<see cref="Network.AdoptsLink"/>). Default false.</summary>
    public bool GatewayIsAdopted { get; init; }

    /// <summary>Addresses of the subnet that the host had on the network's link when the network was created, and that are never assigned;
    /// null for none.</summary>
    public IReadOnlyList<IPAddress>? HostAddresses { get; init; }

    /// <summary>Addresses of the subnet that are never assigned, by the names that the user gave them.</summary>
    public IReadOnlyDictionary<string, IPAddress> AuxiliaryAddresses { get; init; } = new Dictionary<string, IPAddress>();

    /// <summary>Whether the subnet is an IPv6 subnet.</summary>
    public bool IsIPv6 => Subnet.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
}
