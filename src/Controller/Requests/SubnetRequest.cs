using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;

namespace Net.Controller.Requests;

/// <summary>One subnet asked for with a new network: what <c>--subnet --ip-range --gateway --aux-address</c> say together.</summary>
public sealed record SubnetRequest
{
    /// <summary>The subnet, or null to have one chosen.</summary>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The part of it that addresses are handed out from, or null for all.</summary>
    public IPNetwork? Range { get; init; }

    /// <summary>The gateway, or null for the first usable address.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Addresses never to be handed out, by name.</summary>
    public IReadOnlyDictionary<string, IPAddress> AuxiliaryAddresses { get; init; } = new Dictionary<string, IPAddress>();

    /// <summary>Whether any part of it is IPv6; false when nothing says.</summary>
    public bool IsIPv6 =>
        (Subnet?.BaseAddress ?? Range?.BaseAddress ?? Gateway)?.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Reads the four parts as users write them.</summary>
    /// <param name="subnet"><c>ADDRESS/PREFIX</c>; null or empty to have one chosen. Range and gateway likewise.</param>
    /// <exception cref="CnmException">InvalidParameter: one of them is not an address or a subnet, or has host bits set; the message names it and says what to write.</exception>
    public static SubnetRequest Parse(string? subnet, string? range, string? gateway, IReadOnlyDictionary<string, string>? auxiliaryAddresses) => new()
    {
        Subnet = string.IsNullOrEmpty(subnet) ? null : ParseSubnet(subnet, "subnet"),
        Range = string.IsNullOrEmpty(range) ? null : ParseSubnet(range, "ip-range"),
        Gateway = string.IsNullOrEmpty(gateway) ? null : ParseAddress(gateway, "gateway"),
        AuxiliaryAddresses = (auxiliaryAddresses ?? new Dictionary<string, string>())
            .ToDictionary(a => a.Key, a => ParseAddress(a.Value, $"auxiliary address {a.Key}"), StringComparer.Ordinal),
    };

    private static IPNetwork ParseSubnet(string text, string what)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0
            || !IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? address)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix)
            || prefix > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            || text.Contains('%', StringComparison.Ordinal))
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid {what} \"{text}\": it is not ADDRESS/PREFIX, as in 10.1.0.0/16 or fd00:1::/64");
        }

        IPNetwork network = Subnets.Containing(address, prefix);
        return network.BaseAddress.Equals(address)
            ? network
            : throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid {what} {text}: it should be {network}");
    }

    private static IPAddress ParseAddress(string text, string what) =>
        IPAddress.TryParse(text, out IPAddress? address) && !text.Contains('%', StringComparison.Ordinal)
            ? address
            : throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid {what} \"{text}\": it is not an IP address");
}
