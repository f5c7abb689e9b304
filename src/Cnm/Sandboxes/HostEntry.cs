using System.Net;

using Net.Cnm.Addresses;
using Net.Cnm.Errors;

namespace Net.Cnm.Sandboxes;

/// <summary>A line of a sandbox's /etc/hosts that the user asked for (<c>--add-host</c>).</summary>
/// <param name="Name">The host name, without white space.</param>
/// <param name="Address">The address; null for the gateway addresses of the default network, by which the host is reached.</param>
public sealed record HostEntry(string Name, IPAddress? Address)
{
    /// <summary>The word that stands for the addresses of the host.</summary>
    public const string HostGateway = "host-gateway";

    private const int LongestName = 255;

    /// <summary>Parses <c>HOST:IP</c> or <c>HOST=IP</c>, where an address may stand in brackets.</summary>
    /// <exception cref="CnmException">InvalidParameter: it has neither form, or the address is none. The messages are Docker's.</exception>
    public static HostEntry Parse(string text)
    {
        int end = text.IndexOf('=', StringComparison.Ordinal) is var equals and >= 0 ? equals : text.IndexOf(':', StringComparison.Ordinal);
        if (end is <= 0 or > LongestName || text[..end].Any(static c => c is <= ' ' or > '~' or ':' or '#'))
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, $"bad format for add-host: \"{text}\"; write HOST:IP or HOST=IP, such as db:192.0.2.7");
        }

        string value = text[(end + 1)..];
        value = value is ['[', .. var inner, ']'] ? inner : value;
        return new HostEntry(
            text[..end],
            value == HostGateway ? null
                : AddressParser.TryParse(value, out IPAddress address) ? address
                : throw new CnmException(
                    CnmErrorKind.InvalidParameter,
                    $"invalid IP address in add-host: \"{value}\"; write one, such as 192.0.2.7 or 2001:db8::7, or {HostGateway}"));
    }

    /// <summary>The text as Docker's documents have it: <c>HOST:IP</c>.</summary>
    public override string ToString() => $"{Name}:{Address?.ToString() ?? HostGateway}";
}
