using System.Net;
using Net.Cnm.Errors;

namespace Net.Cnm.Addresses;

/// <summary>Parses subnets that users enter in commands or send to the API. A mistake is reported, not corrected silently.</summary>
public static class SubnetParser
{
    /// <summary>Parses a subnet <c>ADDRESS/PREFIX</c> whose host bits are all zero.</summary>
    /// <param name="text">The text, such as 10.60.0.0/24 or 2001:db8::/64.</param>
    /// <exception cref="CnmException">InvalidParameter: the text is not an address with a prefix length, or host bits are set. In the
    /// latter case the message names the subnet that was probably meant.</exception>
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
