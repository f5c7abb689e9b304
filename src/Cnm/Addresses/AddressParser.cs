using System.Net;
using System.Net.Sockets;

namespace Net.Cnm.Addresses;

/// <summary>Reads IP addresses as people write them, and nothing more.</summary>
/// <remarks>
/// <see cref="IPAddress.TryParse(string, out IPAddress)"/> also takes "10.1" for 10.0.0.1 and "010.0.0.1" for 8.0.0.1 (inet_aton), a scope
/// id, and brackets;
/// each of them would give the user another address than the one he sees.
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
}
