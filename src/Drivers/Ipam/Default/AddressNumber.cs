using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Net.Drivers.Ipam.Default;

/// <summary>Converts addresses to numbers and back: an IPv4 address is its 32 bits, an IPv6 address its 128. One collection never has both
/// families.</summary>
internal static class AddressNumber
{
    public static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static IPAddress ToAddress(UInt128 number, bool ipv6)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (ipv6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
            return new IPAddress(bytes);
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
        return new IPAddress(bytes[..4]);
    }

    public static UInt128 First(IPNetwork subnet) => Of(subnet.BaseAddress);

    public static UInt128 Last(IPNetwork subnet) => First(subnet) + SizeMinusOne(subnet.PrefixLength, IsIPv6(subnet));

    /// <summary>The number of addresses of a subnet, less one: the number of addresses of ::/0 does not fit 128 bits.</summary>
    public static UInt128 SizeMinusOne(int prefixLength, bool ipv6)
    {
        int hostBits = (ipv6 ? 128 : 32) - prefixLength;
        return hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;
    }

    public static bool IsIPv6(IPNetwork subnet) => subnet.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;
}
