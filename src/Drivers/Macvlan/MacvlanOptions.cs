using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Drivers.Options;

namespace Net.Drivers.Macvlan;

/// <summary>The options of a macvlan network, parsed once from the user's text. Their keys are Docker's.</summary>
internal sealed record MacvlanOptions
{
    private const string NameWords = "of the characters [a-zA-Z0-9_.-], a letter or digit first";

    /// <summary><c>parent</c>: the link of the host that containers share. Null, the default: a private one, which leads nowhere.</summary>
    public string? Parent { get; init; }

    /// <summary><c>macvlan_mode</c>: how containers reach each other. Default <c>bridge</c>.</summary>
    public MacvlanMode Mode { get; init; }

    /// <summary><c>com.docker.network.driver.mtu</c>: the MTU of containers' links in bytes, 68 to 65535. Null, the default: that of the
    /// parent.</summary>
    public int? Mtu { get; init; }

    /// <summary><c>com.docker.network.container_iface_prefix</c>: the prefix of interface names in containers, 1 to 12 characters. Default
    /// <c>eth</c>.</summary>
    public string InterfacePrefix { get; init; } = "eth";

    /// <summary>The rules of all options.</summary>
    public static IReadOnlyList<OptionRule<MacvlanOptions>> Rules { get; } =
    [
        new(
            "parent",
            (options, value) => value.Length == 0 ? options
                : OptionText.IsInterfaceName(value, 15) && value != "lo" ? options with { Parent = value }
                : null,
            value => value == "lo" ? "the loopback interface cannot be a parent" : "is not an interface name",
            $"a link of the host, as eth0 or eth0.10 for its VLAN 10: 1 to 15 {NameWords}"),
        new(
            "macvlan_mode",
            (options, value) => ParseMode(value) is { } mode ? options with { Mode = mode } : null,
            value => $"unknown macvlan mode {value}",
            "bridge, vepa, private, passthru"),
        new(
            "com.docker.network.driver.mtu",
            (options, value) =>
                int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int mtu) && mtu is >= 68 and <= 65535
                ? options with { Mtu = mtu }
                : null,
            _ => "is not an MTU",
            "a number from 68 to 65535"),
        new(
            "com.docker.network.container_iface_prefix",
            (options, value) => OptionText.IsInterfaceName(value, 12) ? options with { InterfacePrefix = value } : null,
            _ => "cannot begin an interface name",
            $"1 to 12 {NameWords}"),
    ];

    private static MacvlanMode? ParseMode(string value) => value switch
    {
        "" or "bridge" => MacvlanMode.Bridge,
        "vepa" => MacvlanMode.Vepa,
        "private" => MacvlanMode.Private,
        "passthru" => MacvlanMode.PassThrough,
        _ => null,
    };
}
