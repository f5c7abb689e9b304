using System.Globalization;
using Net.Drivers.Options;

namespace Net.Drivers.Parents;

/// <summary>The rules of the options that all drivers have whose containers share a link of the host.</summary>
internal static class SharedLinkRules
{
    private const string NameWords = "of the characters [a-zA-Z0-9_.-], a letter or digit first";

    /// <summary><c>parent</c>: the link of the host that containers share. Not given, or empty: a private one.</summary>
    public static OptionRule<T> Parent<T>(Func<T, string, T> set)
        where T : class => new(
        "parent",
        (options, value) => value.Length == 0 ? options
            : OptionText.IsInterfaceName(value, 15) && value != "lo" ? set(options, value)
            : null,
        value => value == "lo" ? "the loopback interface cannot be a parent" : "is not an interface name",
        $"a link of the host, as eth0 or eth0.10 for its VLAN 10: 1 to 15 {NameWords}");

    /// <summary><c>com.docker.network.driver.mtu</c>: the MTU of containers' links in bytes, 68 to 65535.</summary>
    public static OptionRule<T> Mtu<T>(Func<T, int, T> set)
        where T : class => new(
        "com.docker.network.driver.mtu",
        (options, value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int mtu) && mtu is >= 68 and <= 65535
            ? set(options, mtu)
            : null,
        _ => "is not an MTU",
        "a number from 68 to 65535");

    /// <summary><c>com.docker.network.container_iface_prefix</c>: the prefix of interface names in containers, 1 to 12
    /// characters.</summary>
    public static OptionRule<T> InterfacePrefix<T>(Func<T, string, T> set)
        where T : class => new(
        "com.docker.network.container_iface_prefix",
        (options, value) => OptionText.IsInterfaceName(value, 12) ? set(options, value) : null,
        _ => "cannot begin an interface name",
        $"1 to 12 {NameWords}");
}
