using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Ports;

namespace Net.Daemon.Settings;

/// <summary>Parses the values of settings that are addresses, by the same rules as those of networks.</summary>
internal static class AddressTexts
{
    /// <summary>Parses an address with the prefix length of its subnet.</summary>
    /// <param name="text">The value, such as 172.17.0.1/22.</param>
    /// <param name="example">An example for the message.</param>
    /// <exception cref="FormatException">Anything else.</exception>
    public static InterfaceAddress Interface(SettingText text, string example) =>
        InterfaceAddress.TryParse(text.Text, out InterfaceAddress? address)
            ? address
            : throw text.Invalid($"an address with a prefix length, such as {example}");

    /// <summary>Parses an address that one host has.</summary>
    /// <param name="text">The value.</param>
    /// <param name="takes">What the setting takes, for the message.</param>
    /// <exception cref="FormatException">Anything else, also an address of several hosts.</exception>
    public static IPAddress HostAddress(SettingText text, string takes) =>
        !AddressParser.TryParse(text.Text, out IPAddress address) ? throw text.Invalid(takes)
        : SharedAddress.WhyNotOwn(address, new HashSet<IPAddress>()) is { } why
            ? throw new FormatException($"invalid argument \"{text.Text}\" for {text.Place}: {why}; give {takes}")
        : address;
}
