using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace Net.Cnm.Addresses;

/// <summary>Arithmetic on subnets that <see cref="IPNetwork"/> does not have.</summary>
public static class Subnets
{
    /// <summary>The subnet of the given prefix length that contains an address: the address with its host bits cleared.</summary>
    public static IPNetwork Containing(IPAddress address, int prefixLength)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(prefixLength - (8 * i), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return new IPNetwork(new IPAddress(bytes), prefixLength);
    }

    /// <summary>Whether two subnets have an address in common. Subnets of different families never do.</summary>
    public static bool Overlap(IPNetwork a, IPNetwork b) =>
        a.BaseAddress.AddressFamily == b.BaseAddress.AddressFamily
        && (a.PrefixLength <= b.PrefixLength ? a.Contains(b.BaseAddress) : b.Contains(a.BaseAddress));

    /// <summary>Whether <paramref name="outer"/> contains every address of <paramref name="inner"/>.</summary>
    public static bool Covers(IPNetwork outer, IPNetwork inner) =>
        outer.BaseAddress.AddressFamily == inner.BaseAddress.AddressFamily
        && outer.PrefixLength <= inner.PrefixLength
        && outer.Contains(inner.BaseAddress);

    /// <summary>The number of addresses in the subnet, including network and broadcast address.</summary>
    public static BigInteger Size(IPNetwork subnet) => BigInteger.One << (Bits(subnet) - subnet.PrefixLength);

    /// <summary>The address that is <paramref name="offset"/> after the first address of the subnet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative or not less than <see cref="Size"/>.</exception>
    public static IPAddress AddressAt(IPNetwork subnet, BigInteger offset)
    {
        if (offset.Sign < 0 || offset >= Size(subnet))
        {
            throw new ArgumentOutOfRangeException(nameof(offset), $"{subnet} has no address number {offset}");
        }

        return FromNumber(ToNumber(subnet.BaseAddress) + offset, subnet.BaseAddress.AddressFamily);
    }

    /// <summary>The last address of the subnet. For IPv4 prefix lengths up to 30 it is the broadcast address.</summary>
    public static IPAddress Last(IPNetwork subnet) => AddressAt(subnet, Size(subnet) - 1);

    private static int Bits(IPNetwork subnet) => subnet.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    private static BigInteger ToNumber(IPAddress address) => new(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true);

    private static IPAddress FromNumber(BigInteger number, AddressFamily family)
    {
        byte[] bytes = new byte[family == AddressFamily.InterNetwork ? 4 : 16];
        byte[] digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, bytes.Length - digits.Length);
        return new IPAddress(bytes);
    }
}
