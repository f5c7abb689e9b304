using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;

namespace Net.Controller.Requests;

/// <summary>A request for one subnet of a new network, as given with <c>--subnet --ip-range --gateway --aux-address</c>.</summary>
public sealed record SubnetRequest
{
    /// <summary>The subnet, or null to have one chosen.</summary>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The part of the subnet from which addresses are handed out, or null for all of it.</summary>
    public IPNetwork? Range { get; init; }

    /// <summary>The gateway, or null for the first usable address.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Addresses that are never handed out, by name.</summary>
    public IReadOnlyDictionary<string, IPAddress> AuxiliaryAddresses { get; init; } = new Dictionary<string, IPAddress>();

    /// <summary>Whether it is an IPv6 subnet; false when no part is given that has a family.</summary>
    public bool IsIPv6 =>
        (Subnet?.BaseAddress ?? Range?.BaseAddress ?? Gateway ?? AuxiliaryAddresses.Values.FirstOrDefault())?.AddressFamily
            == AddressFamily.InterNetworkV6;

    /// <summary>Parses the four parts as users write them.</summary>
    /// <param name="subnet"><c>ADDRESS/PREFIX</c>; null or empty to have one chosen.</param>
    /// <param name="range"><c>ADDRESS/PREFIX</c>; null or empty for all of the subnet.</param>
    /// <param name="gateway">An address; null or empty for the first usable one.</param>
    /// <param name="auxiliaryAddresses">Addresses by name, or null for none.</param>
    /// <exception cref="CnmException">InvalidParameter: one of them is not an address or a subnet, or has host bits set; the message names
    /// it and says what to write.</exception>
    public static SubnetRequest Parse(
        string? subnet, string? range, string? gateway, IReadOnlyDictionary<string, string>? auxiliaryAddresses) => new()
        {
            Subnet = string.IsNullOrEmpty(subnet) ? null : ParseSubnet(subnet, "subnet"),
            Range = string.IsNullOrEmpty(range) ? null : ParseSubnet(range, "ip-range"),
            Gateway = string.IsNullOrEmpty(gateway) ? null : AddressParser.Parse(gateway, "gateway"),
            AuxiliaryAddresses = (auxiliaryAddresses ?? new Dictionary<string, string>())
                .ToDictionary(a => a.Key, a => AddressParser.Parse(a.Value, $"auxiliary address {a.Key}"), StringComparer.Ordinal),
        };

    private static IPNetwork ParseSubnet(string text, string what)
    {
        try
        {
            return SubnetParser.Parse(text);
        }
        catch (CnmException error) when (what != "subnet")
        {
            throw new CnmException(error.Kind, $"invalid {what}: {error.Message}", error);
        }
    }
}
