using System.Net;
using System.Net.Sockets;
using Net.Cnm.Errors;

namespace Net.Cnm.Addresses;

/// <summary>Reads IP addresses as people write them, and nothing more.</summary>
/// <remarks>
/// <see cref="IPAddress.TryParse(string, out IPAddress)"/> also takes "10.1" for 10.0.0.1 and "010.0.0.1" for 8.0.0.1 (inet_aton), a scope
/// id, and brackets; each of them would give the user another address than the one they see.
/// </remarks>
public static class AddressParser
{
    /// <summary>Reads a dotted quad or an IPv6 address (RFC 4291 2.2); false for anything else.</summary>
    /// <param name="text">The text, without brackets, port, prefix length or scope id. IPv4-mapped IPv6 addresses are refused.</param>
    /// <param name="address">The address when the result is true.</param>
    public static bool TryParse(string? text, out IPAddress address)
    {
        address = IPAddress.None;
        if (string.IsNullOrEmpty(text)
            || text.AsSpan().IndexOfAny('%', '[', '/') >= 0
            || !IPAddress.TryParse(text, out IPAddress? read)
            || read.IsIPv4MappedToIPv6
            || (read.AddressFamily == AddressFamily.InterNetwork && read.ToString() != text))
        {
            return false;
        }

        address = read;
        return true;
    }

    /// <summary>Reads an address that a user asked for.</summary>
    /// <param name="text">As for <see cref="TryParse"/>.</param>
    /// <param name="what">What it is the address of, for the message: "gateway".</param>
    /// <exception cref="CnmException">InvalidParameter: it is none; the message names it and says how one is written.</exception>
    public static IPAddress Parse(string text, string what) =>
        TryParse(text, out IPAddress address)
            ? address
            : throw new CnmException(
                CnmErrorKind.InvalidParameter, $"invalid {what} \"{text}\": it is not an IP address, as 10.1.0.1 or fd00:1::1");
}
