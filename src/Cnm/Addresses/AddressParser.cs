using System.Net;
using System.Net.Sockets;
using Net.Cnm.Errors;

namespace Net.Cnm.Addresses;

/// <summary>Parses IP addresses in their standard text forms, and rejects all other forms.</summary>
/// <remarks><see cref="IPAddress.TryParse(string, out IPAddress)"/> also accepts "10.1" for 10.0.0.1 and "010.0.0.1" for 8.0.0.1 (as
/// inet_aton(3) does), a scope id, and brackets. The result would then be another address than the one that the user reads.</remarks>
public static class AddressParser
{
    /// <summary>Parses an IPv4 address in dotted-decimal form or an IPv6 address (RFC 4291 section 2.2). The result is false for any other
    /// text.</summary>
    /// <param name="text">The text, without brackets, port, prefix length or scope id. IPv4-mapped IPv6 addresses are rejected.</param>
    /// <param name="address">The parsed address when the result is true; otherwise <see cref="IPAddress.None"/>.</param>
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

    /// <summary>Parses an address that a user has entered.</summary>
    /// <param name="text">The text, in the forms that <see cref="TryParse"/> accepts.</param>
    /// <param name="what">The role of the address, for the message, such as "gateway".</param>
    /// <exception cref="CnmException">InvalidParameter: the text is not an address; the message quotes it and gives examples.</exception>
    public static IPAddress Parse(string text, string what) =>
        TryParse(text, out IPAddress address)
            ? address
            : throw new CnmException(
                CnmErrorKind.InvalidParameter, $"invalid {what} \"{text}\": it is not an IP address, as 10.1.0.1 or fd00:1::1");
}
