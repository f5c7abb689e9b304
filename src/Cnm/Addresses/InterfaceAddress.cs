using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Net.Cnm.Addresses;

/// <summary>An address on an interface with its prefix length, such as 172.18.0.2/16: host bits kept, unlike
/// <see cref="IPNetwork"/>.</summary>
public sealed record InterfaceAddress
{
    /// <summary>Joins an address and its prefix length.</summary>
    /// <param name="address">IPv4 or IPv6, without a scope id.</param>
    /// <param name="prefixLength">0 to 32 for IPv4, 0 to 128 for IPv6.</param>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the address.</exception>
    public InterfaceAddress(IPAddress address, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        Address = address;
        PrefixLength = prefixLength;
    }

    /// <summary>The address itself.</summary>
    public IPAddress Address { get; }

    /// <summary>Bits of the subnet part.</summary>
    public int PrefixLength { get; }

    /// <summary>The subnet that the address lies in.</summary>
    public IPNetwork Subnet => Subnets.Containing(Address, PrefixLength);

    /// <summary>Whether this is an IPv6 address.</summary>
    public bool IsIPv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Reads <c>ADDRESS/PREFIX</c>; false for anything else. The address is read as <see cref="AddressParser"/> does.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out InterfaceAddress? result)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        result = slash > 0
            && AddressParser.TryParse(text[..slash], out IPAddress address)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix)
            && prefix <= (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
                ? new InterfaceAddress(address, prefix)
                : null;
        return result is not null;
    }

    /// <summary>Reads <c>ADDRESS/PREFIX</c>.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static InterfaceAddress Parse(string text) =>
        TryParse(text, out InterfaceAddress? read)
            ? read
            : throw new FormatException($"\"{text}\" is not an address with its prefix length, as in 172.18.0.2/16");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{PrefixLength}");
}
