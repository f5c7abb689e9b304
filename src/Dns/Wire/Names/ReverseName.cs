using System.Net;
using System.Net.Sockets;

namespace Net.Dns.Wire;

/// <summary>The domain names of addresses, for PTR queries: in-addr.arpa (RFC 1035 3.5) and ip6.arpa (RFC 3596 2.5).</summary>
public static class ReverseName
{
    private const int Ipv4Labels = 6;
    private const int Ipv6Labels = 34;

    private static ReadOnlySpan<byte> Ipv4Zone => "\u0007in-addr\u0004arpa\0"u8;

    private static ReadOnlySpan<byte> Ipv6Zone => "\u0003ip6\u0004arpa\0"u8;

    /// <summary>The name of an address: 192.0.2.7 gives "7.2.0.192.in-addr.arpa".</summary>
    /// <param name="address">IPv4 or IPv6; a scope id is not part of the name. An IPv4-mapped address is an IPv6 one.</param>
    public static DnsName FromAddress(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        Span<byte> wire = stackalloc byte[DnsName.MaxLength];
        int at = 0;
        for (int i = length - 1; i >= 0; i--)
        {
            if (length == 4)
            {
                bytes[i].TryFormat(wire[(at + 1)..], out int digits);
                wire[at] = (byte)digits;
                at += digits + 1;
            }
            else
            {
                wire[at++] = 1;
                wire[at++] = HexDigit(bytes[i] & 0xf);
                wire[at++] = 1;
                wire[at++] = HexDigit(bytes[i] >> 4);
            }
        }

        ReadOnlySpan<byte> zone = length == 4 ? Ipv4Zone : Ipv6Zone;
        zone.CopyTo(wire[at..]);
        return new DnsName(wire[..(at + zone.Length)].ToArray());
    }

    /// <summary>The address that a name is the reverse name of.</summary>
    /// <param name="name">Any name.</param>
    /// <param name="address">The address when the result is true, else <see cref="IPAddress.None"/>.</param>
    /// <returns>False for every other name, also for that of a part of an address ("2.0.192.in-addr.arpa") and for numbers in another than
    /// the canonical form ("07.2.0.192.in-addr.arpa").</returns>
    public static bool TryGetAddress(DnsName name, out IPAddress address)
    {
        address = IPAddress.None;
        int labels = name.LabelCount;
        Span<byte> bytes = stackalloc byte[16];
        AddressFamily family = labels switch
        {
            Ipv4Labels when TryReadIpv4(name.Wire, bytes) => AddressFamily.InterNetwork,
            Ipv6Labels when TryReadIpv6(name.Wire, bytes) => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        if (family == AddressFamily.Unspecified)
        {
            return false;
        }

        address = new IPAddress(bytes[..(family == AddressFamily.InterNetwork ? 4 : 16)]);
        return true;
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    private static bool TryReadIpv4(ReadOnlySpan<byte> wire, Span<byte> bytes)
    {
        int at = 0;
        for (int i = 3; i >= 0; i--)
        {
            ReadOnlySpan<byte> label = wire.Slice(at + 1, wire[at]);
            if (label.Length is 0 or > 3 || (label.Length > 1 && label[0] == '0') || !byte.TryParse(label, null, out bytes[i])
                || label.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            {
                return false;
            }

            at += label.Length + 1;
        }

        return DnsName.AreSame(wire[at..], Ipv4Zone);
    }

    private static bool TryReadIpv6(ReadOnlySpan<byte> wire, Span<byte> bytes)
    {
        int at = 0;
        for (int i = 31; i >= 0; i--)
        {
            if (wire[at] != 1 || !char.IsAsciiHexDigit((char)wire[at + 1]))
            {
                return false;
            }

            byte digit = DnsName.Fold(wire[at + 1]);
            int value = digit <= '9' ? digit - '0' : digit - 'a' + 10;
            bytes[i / 2] = (byte)(i % 2 == 1 ? value : bytes[i / 2] | (value << 4));
            at += 2;
        }

        return DnsName.AreSame(wire[at..], Ipv6Zone);
    }
}
