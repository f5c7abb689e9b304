using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Net.Cnm.Addresses;

/// <summary>A 48-bit Ethernet address (IEEE 802).</summary>
public readonly record struct MacAddress
{
    private readonly ulong _bits;

    private MacAddress(ulong bits) => _bits = bits;

    /// <summary>Makes an address of six bytes in transmission order.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 6 bytes long.</exception>
    public static MacAddress FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 6)
        {
            throw new ArgumentException($"a MAC address has 6 bytes, not {bytes.Length}", nameof(bytes));
        }

        ulong bits = 0;
        foreach (byte b in bytes)
        {
            bits = (bits << 8) | b;
        }

        return new MacAddress(bits);
    }

    /// <summary>Makes a random address that is unicast and locally administered: its first byte is 02, the other five are random.</summary>
    public static MacAddress NewRandom()
    {
        Span<byte> bytes = stackalloc byte[6];
        RandomNumberGenerator.Fill(bytes);
        bytes[0] = 0x02;
        return FromBytes(bytes);
    }

    /// <summary>The address that follows from an interface's IP address, so that an interface that is made again with the same IP address
    /// matches what its neighbours remember (RFC 826, RFC 4861): 02:42 and the four bytes of an IPv4 address, as Docker Engine up to 27
    /// has it, or the first four bytes of the SHA-256 of an IPv6 address.</summary>
    public static MacAddress FollowingFrom(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return FromBytes([0x02, 0x42, .. (bytes.Length == 4 ? bytes : SHA256.HashData(bytes)).AsSpan(0, 4)]);
    }

    /// <summary>Parses an address in the form <c>02:42:ac:11:00:02</c>, in lower or upper case.</summary>
    /// <exception cref="FormatException">The text has any other form.</exception>
    public static MacAddress Parse(string text) =>
        TryParse(text, out MacAddress mac)
            ? mac
            : throw new FormatException($"\"{text}\" is not a MAC address; write six hexadecimal bytes, as in 02:42:ac:11:00:02");

    /// <summary>Parses an address in the form <c>02:42:ac:11:00:02</c>, in lower or upper case. The result is false for any other
    /// text.</summary>
    public static bool TryParse(string? text, out MacAddress mac)
    {
        mac = default;
        string[] parts = (text ?? "").Split(':');
        if (parts.Length != 6)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[6];
        for (int i = 0; i < 6; i++)
        {
            if (parts[i].Length != 2
                || !byte.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        mac = FromBytes(bytes);
        return true;
    }

    /// <summary>The link-local IPv6 address that an interface derives from its Ethernet address (RFC 4291 appendix A).</summary>
    public IPAddress ToLinkLocal()
    {
        byte[] bytes = ToBytes();
        return new IPAddress(
            [0xFE, 0x80, 0, 0, 0, 0, 0, 0, (byte)(bytes[0] ^ 0x02), bytes[1], bytes[2], 0xFF, 0xFE, bytes[3], bytes[4], bytes[5]]);
    }

    /// <summary>Writes the six bytes in transmission order.</summary>
    /// <param name="destination">The destination, at least 6 bytes long.</param>
    public void CopyTo(Span<byte> destination)
    {
        for (int i = 0; i < 6; i++)
        {
            destination[i] = (byte)(_bits >> (40 - (8 * i)));
        }
    }

    /// <summary>Returns the six bytes in transmission order, in a new array.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[6];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        byte[] b = ToBytes();
        return string.Create(CultureInfo.InvariantCulture, $"{b[0]:x2}:{b[1]:x2}:{b[2]:x2}:{b[3]:x2}:{b[4]:x2}:{b[5]:x2}");
    }
}
