using System.Net;
using System.Net.Sockets;

namespace Net.Cnm.Ports;

/// <summary>Recognises addresses to which a socket of the host can be bound although they do not identify this host: those of multicast
/// groups, broadcast addresses, and IPv6 link-local ones.</summary>
public static class SharedAddress
{
    /// <summary>Why an address is not one of this host alone, as part of a sentence; null for every other address.</summary>
    /// <param name="address">The address, of either family.</param>
    /// <param name="broadcasts">The broadcast addresses of the subnets that the host is on.</param>
    public static string? WhyNotOwn(IPAddress address, IReadOnlySet<IPAddress> broadcasts) =>
        IsMulticast(address) ? "it is a group of hosts, not an address of this one"
        : address.Equals(IPAddress.Broadcast) ? "it is all hosts of a link, not an address of this one"
        : broadcasts.Contains(address) ? "it is all hosts of a subnet that this host is on, not an address of this one"
        : address.IsIPv6LinkLocal ? "it is a link-local address, which counts on one link only, and packets from there are not routed to " +
            "a container"
        : null;

    private static bool IsMulticast(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.IsIPv6Multicast
        : address.GetAddressBytes()[0] is >= 224 and <= 239;
}
