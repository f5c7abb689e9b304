using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ports;

namespace Net.Daemon.Settings;

/// <summary>Parses the values of settings that are addresses, by the same rules as those of networks.</summary>
internal static class AddressTexts
{
    /// <summary>Parses an address with the prefix length of its subnet.</summary>
    /// <param name="text">The value, such as 172.17.0.1/22.</param>
    /// <param name="ipv6">Whether it is to be an IPv6 address, or an IPv4 one.</param>
    /// <param name="example">An example for the message.</param>
    /// <exception cref="FormatException">Anything else.</exception>
    public static InterfaceAddress Interface(SettingText text, bool ipv6, string example) =>
        InterfaceAddress.TryParse(text.Text, out InterfaceAddress? address) && address.IsIPv6 == ipv6
            ? address
            : throw text.Invalid($"an {Family(ipv6)} address with a prefix length, such as {example}");

    /// <summary>Parses a subnet.</summary>
    /// <param name="text">The value, such as 172.17.1.0/24; its host bits are zero.</param>
    /// <param name="ipv6">Whether it is to be an IPv6 subnet, or an IPv4 one.</param>
    /// <exception cref="FormatException">Anything else.</exception>
    public static IPNetwork Subnet(SettingText text, bool ipv6)
    {
        try
        {
            IPNetwork subnet = SubnetParser.Parse(text.Text);
            return IsIPv6(subnet.BaseAddress) == ipv6 ? subnet : throw text.Invalid($"an {Family(ipv6)} subnet");
        }
        catch (CnmException error)
        {
            throw new FormatException($"invalid argument \"{text.Text}\" for {text.Place}: {error.Message}", error);
        }
    }

    /// <summary>Parses an address of one family.</summary>
    /// <param name="text">The value.</param>
    /// <param name="ipv6">Whether it is to be an IPv6 address, or an IPv4 one.</param>
    /// <param name="example">An example for the message.</param>
    /// <exception cref="FormatException">Anything else.</exception>
    public static IPAddress Address(SettingText text, bool ipv6, string example) =>
        AddressParser.TryParse(text.Text, out IPAddress address) && IsIPv6(address) == ipv6
            ? address
            : throw text.Invalid($"an {Family(ipv6)} address, such as {example}");

    /// <summary>Parses an address that one host has.</summary>
    /// <param name="text">The value.</param>
    /// <param name="takes">What the setting takes, for the message.</param>
    /// <exception cref="FormatException">Anything else, also an address of several hosts.</exception>
    public static IPAddress HostAddress(SettingText text, string takes) =>
        !AddressParser.TryParse(text.Text, out IPAddress address) ? throw text.Invalid(takes)
        : SharedAddress.WhyNotOwn(address, new HashSet<IPAddress>()) is { } why
            ? throw new FormatException($"invalid argument \"{text.Text}\" for {text.Place}: {why}; give {takes}")
        : address;

    private static bool IsIPv6(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6;

    private static string Family(bool ipv6) => ipv6 ? "IPv6" : "IPv4";
}
