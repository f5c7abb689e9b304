using System.Net;

namespace Net.Cnm.Networks;

/// <summary>One subnet of a network. Everything that the user left open has been chosen.</summary>
public sealed record AddressPool
{
    /// <summary>The name of the auxiliary address that is the gateway of IPv4 default routes in place of <see cref="Gateway"/>:
    /// libnetwork's name, by which the Engine passes <c>--default-gateway</c> on.</summary>
    public const string DefaultGatewayIPv4Name = "DefaultGatewayIPv4";

    /// <summary>As <see cref="DefaultGatewayIPv4Name"/>, for IPv6.</summary>
    public const string DefaultGatewayIPv6Name = "DefaultGatewayIPv6";

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

    /// <summary>The id that the IPAM driver gave the pool; null for the default driver, whose pools are known by their subnets.</summary>
    public string? Id { get; init; }

    /// <summary>The gateway of endpoints' default routes: the auxiliary address that is named so, which is another machine's, or else
    /// <see cref="Gateway"/>.</summary>
    public IPAddress? DefaultGateway =>
        AuxiliaryAddresses.GetValueOrDefault(IsIPv6 ? DefaultGatewayIPv6Name : DefaultGatewayIPv4Name) ?? Gateway;

    /// <summary>Whether the subnet is an IPv6 subnet.</summary>
    public bool IsIPv6 => Subnet.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
}
