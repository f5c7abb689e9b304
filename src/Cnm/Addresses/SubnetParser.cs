using System.Net;
using Net.Cnm.Errors;

namespace Net.Cnm.Addresses;

/// <summary>Reads subnets from commands and from the API, where a mistake must be told rather than corrected.</summary>
public static class SubnetParser
{
    /// <summary>Reads <c>ADDRESS/PREFIX</c> with all host bits zero.</summary>
    /// <param name="text">Such as 10.60.0.0/24 or 2001:db8::/64.</param>
    /// <exception cref="CnmException">InvalidParameter: not an address with a prefix length, or host bits are set; then the message names
    /// the subnet that was most likely meant.</exception>
    public static IPNetwork Parse(string text)
    {
        if (!InterfaceAddress.TryParse(text, out InterfaceAddress? read))
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"invalid subnet {text}: it should be an address with a prefix length, as in 10.60.0.0/24 or 2001:db8::/64");
        }

        return read.Subnet.BaseAddress.Equals(read.Address)
            ? read.Subnet
            : throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid subnet {text}: it should be {read.Subnet}");
    }
}
