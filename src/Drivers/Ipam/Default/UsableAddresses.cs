using System.Net;

namespace Net.Drivers.Ipam.Default;

/// <summary>The addresses of a subnet that an interface may use.</summary>
/// <remarks>IPv4: not the network and the broadcast address (RFC 950, RFC 1122 3.2.1.3), except in a /31 (RFC 3021) and a /32. IPv6: not
/// the first address, which is the subnet-router anycast address (RFC 4291 2.6.1), except in a /127 (RFC 6164) and a /128.</remarks>
internal readonly record struct UsableAddresses
{
    public UsableAddresses(IPNetwork subnet)
    {
        bool ipv6 = AddressNumber.IsIPv6(subnet);
        bool whole = subnet.PrefixLength >= (ipv6 ? 127 : 31);
        First = AddressNumber.First(subnet) + (whole ? UInt128.Zero : UInt128.One);
        Last = AddressNumber.Last(subnet) - (whole || ipv6 ? UInt128.Zero : UInt128.One);
    }

    private UsableAddresses(UInt128 first, UInt128 last)
    {
        First = first;
        Last = last;
    }

    public UInt128 First { get; }

    public UInt128 Last { get; }

    /// <summary>Whether there is no such address, as in a range that is only the subnet's network address.</summary>
    public bool IsEmpty => First > Last;

    /// <summary>The number of addresses.</summary>
    public UInt128 Count => IsEmpty ? 0 : Last - First + 1;

    public bool Contains(IPAddress address) => AddressNumber.Of(address) is var number && number >= First && number <= Last;

    /// <summary>The addresses that lie in a part of the subnet.</summary>
    public UsableAddresses Within(IPNetwork range) =>
        new(UInt128.Max(First, AddressNumber.First(range)), UInt128.Min(Last, AddressNumber.Last(range)));
}
