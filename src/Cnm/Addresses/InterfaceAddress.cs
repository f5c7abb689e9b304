using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Net.Cnm.Addresses;

/// <summary>An address of an interface with its prefix length, such as 172.18.0.2/16. Unlike <see cref="IPNetwork"/> it keeps the host
/// bits.</summary>
public sealed record InterfaceAddress
{
    /// <summary>Combines an address and its prefix length.</summary>
    /// <param name="address">The IPv4 or IPv6 address, without a scope id.</param>
    /// <param name="prefixLength">The prefix length in bits: 0 to 32 for IPv4, 0 to 128 for IPv6.</param>
    /// <exception cref="ArgumentOutOfRangeException">The prefix length is negative or longer than the address.</exception>
    public InterfaceAddress(IPAddress address, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        Address = address;
        PrefixLength = prefixLength;
    }

    /// <summary>The address, host bits included.</summary>
    public IPAddress Address { get; }

    /// <summary>The prefix length in bits.</summary>
    public int PrefixLength { get; }

    /// <summary>The subnet that contains the address.</summary>
    public IPNetwork Subnet => Subnets.Containing(Address, PrefixLength);

    /// <summary>Whether the address is an IPv6 address.</summary>
    public bool IsIPv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Parses <c>ADDRESS/PREFIX</c>, the address in the forms that <see cref="AddressParser"/> accepts. The result is false for
    /// any other text.</summary>
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

    /// <summary>Parses <c>ADDRESS/PREFIX</c>, the address in the forms that <see cref="AddressParser"/> accepts.</summary>
    /// <exception cref="FormatException">The text has any other form.</exception>
    public static InterfaceAddress Parse(string text) =>
        TryParse(text, out InterfaceAddress? read)
            ? read
            : throw new FormatException($"\"{text}\" is not an address with its prefix length, as in 172.18.0.2/16");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{PrefixLength}");
}
