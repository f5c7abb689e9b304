using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;

namespace Net.Cnm.Endpoints;

/// <summary>Link-local addresses, which are valid on one link only: 169.254.0.0/16 (RFC 3927) and fe80::/10 (RFC 4291 section
/// 2.5.6).</summary>
public static class LinkLocal
{
    private const int Prefix4 = 16;

    private const int Prefix6 = 64;

    private static readonly IPNetwork Range4 = new(IPAddress.Parse("169.254.0.0"), Prefix4);

    /// <summary>Whether an address can be an interface's link-local address. The first and the last address of the IPv4 range
    /// cannot.</summary>
    public static bool Contains(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.IsIPv6LinkLocal
        : Range4.Contains(address) && !address.Equals(Range4.BaseAddress) && !address.Equals(Subnets.Last(Range4));

    /// <summary>The address with the prefix length that Docker gives it: 16 for IPv4, 64 for IPv6.</summary>
    public static InterfaceAddress OnInterface(IPAddress address) =>
        new(address, address.AddressFamily == AddressFamily.InterNetworkV6 ? Prefix6 : Prefix4);
}
