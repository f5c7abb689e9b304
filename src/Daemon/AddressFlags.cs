using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ports;
using Net.Drivers.Ipam.Default;

namespace Net.Daemon;

/// <summary>Parses the daemon's flags that take addresses, by the same rules as those of networks.</summary>
public static class AddressFlags
{
    /// <summary>Parses <c>--bip</c>.</summary>
    /// <param name="text">An address of the default bridge with the prefix length of its subnet, such as 172.17.0.1/22.</param>
    /// <exception cref="FormatException">Anything else; the message says which flag and what it takes.</exception>
    public static InterfaceAddress BridgeAddress(string text) =>
        InterfaceAddress.TryParse(text, out InterfaceAddress? address)
            ? address
            : throw new FormatException(
                $"invalid argument \"{text}\" for \"--bip\" flag: it takes an address with a prefix length, such as 172.17.0.1/22");

    /// <summary>Parses <c>--ip</c>.</summary>
    /// <param name="text">An address of the host, such as 192.0.2.1.</param>
    /// <exception cref="FormatException">Anything else, also an address of several hosts; the message says which flag and what it
    /// takes.</exception>
    public static IPAddress HostBinding(string text) =>
        !AddressParser.TryParse(text, out IPAddress address)
            ? throw new FormatException(
                $"invalid argument \"{text}\" for \"--ip\" flag: it takes an address of the host, such as 192.0.2.1")
            : SharedAddress.WhyNotOwn(address, new HashSet<IPAddress>()) is { } why
            ? throw new FormatException(
                $"invalid argument \"{text}\" for \"--ip\" flag: {why}; give an address of this host, such as 192.0.2.1")
            : address;

    /// <summary>Parses <c>--default-address-pool</c>.</summary>
    /// <param name="text"><c>base=CIDR,size=N</c>, in either order.</param>
    /// <exception cref="FormatException">Anything else; the message says which flag and what is wrong.</exception>
    public static DefaultAddressPool Pool(string text)
    {
        try
        {
            return DefaultAddressPool.Parse(text);
        }
        catch (CnmException error)
        {
            throw new FormatException($"invalid argument \"{text}\" for \"--default-address-pool\" flag: {error.Message}", error);
        }
    }
}
