using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Firewalls;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.Bridge;

/// <summary>The keys of a bridge network's options, which are Docker's except <c>netctl.antispoof</c>, and the rules by which they are
/// parsed.</summary>
internal static class BridgeOptionRules
{
    private const string BridgePrefix = "com.docker.network.bridge.";

    private const string AllowedName = "of the characters [a-zA-Z0-9_.-], a letter or digit first";

    /// <summary>The key of the MTU.</summary>
    public const string MtuKey = "com.docker.network.driver.mtu";

    /// <summary>The key of the host address that ports are published on when the user names none.</summary>
    public const string HostBindingKey = BridgePrefix + "host_binding_ipv4";

    /// <summary>The key of the source address of IPv4 packets to the outside.</summary>
    public const string SourceIPv4Key = "com.docker.network.host_ipv4";

    private const string GatewayModeIPv4Key = BridgePrefix + "gateway_mode_ipv4";

    private const string GatewayModeIPv6Key = BridgePrefix + "gateway_mode_ipv6";

    private const string AllowedModes = "nat, nat-unprotected, routed, and isolated for an internal network";

    /// <summary>The rules of all options.</summary>
    public static IReadOnlyList<OptionRule<BridgeOptions>> All { get; } =
    [
        new(
            BridgePrefix + "name",
            (options, value) => BridgeNames.IsName(value) ? options with { Name = value } : null,
            _ => "is not an interface name",
            $"1 to 15 {AllowedName}, not lo, all or default"),
        new(
            MtuKey,
            (options, value) =>
                int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int mtu) && mtu is >= 68 and <= 65535
                ? options with { Mtu = mtu }
                : null,
            _ => "is not an MTU",
            "a number from 68 to 65535"),
        Boolean(BridgePrefix + "enable_icc", (options, on) => options with { InterContainer = on }),
        Boolean(BridgePrefix + "enable_ip_masquerade", (options, on) => options with { Masquerade = on }),
        new(
            HostBindingKey,
            (options, value) => AddressParser.TryParse(value, out IPAddress address) && !IsGroup(address)
                ? options with { HostBinding = address.Equals(IPAddress.Any) ? null : address }
                : null,
            value => AddressParser.TryParse(value, out _) ? "is no address of a host" : "is not an address",
            "an IPv4 or IPv6 address of this host, as 127.0.0.1, 0.0.0.0 for all of both families, or :: for all of IPv6"),
        new(
            "com.docker.network.container_iface_prefix",
            (options, value) => OptionText.IsInterfaceName(value, 12) ? options with { InterfacePrefix = value } : null,
            _ => "cannot begin an interface name",
            $"1 to 12 {AllowedName}"),
        Gateway(GatewayModeIPv4Key, (options, mode) => options with { GatewayModeIPv4 = mode }),
        Gateway(GatewayModeIPv6Key, (options, mode) => options with { GatewayModeIPv6 = mode }),
        Boolean(BridgePrefix + "inhibit_ipv4", (options, on) => options with { InhibitIPv4 = on }),
        new(
            BridgePrefix + "trusted_host_interfaces",
            (options, value) => value.Split(':') is var links && links.All(link => OptionText.IsInterfaceName(link, 15))
                ? options with { TrustedLinks = [.. links.Distinct(StringComparer.Ordinal)] }
                : null,
            _ => "is not a list of interface names",
            $"names of links with colons between, as eth0:eth1, each 1 to 15 {AllowedName}"),
        Source(
            SourceIPv4Key,
            AddressFamily.InterNetwork,
            "IPv4",
            (options, address) => options with { SourceIPv4 = address }),
        Source(
            "com.docker.network.host_ipv6",
            AddressFamily.InterNetworkV6,
            "IPv6",
            (options, address) => options with { SourceIPv6 = address }),
        Boolean("netctl.antispoof", (options, on) => options with { AntiSpoof = on }),
        Boolean("netctl.port_isolation", (options, on) => options with { PortIsolation = on }),
        Boolean("netctl.no_default_route", (options, on) => options with { NoDefaultRoute = on }),
        CommonRules.Metric<BridgeOptions>((options, metric) => options with { Metric = metric }),
        CommonRules.AnnouncementCount<BridgeOptions>(
            (options, count) => options with { Announcement = options.Announcement with { Count = count } }),
        CommonRules.AnnouncementInterval<BridgeOptions>(
            (options, interval) => options with { Announcement = options.Announcement with { Milliseconds = interval } }),
    ];

    /// <summary>The allowed values of the option with this key.</summary>
    public static string AllowedOf(string key) => All.First(rule => rule.Key == key).Allowed;

    /// <summary>The problems of options that are valid by themselves but not for this network.</summary>
    public static IEnumerable<OptionProblem> Incompatible(BridgeOptions options, Network network)
    {
        if (network.EnableIPv6 && options.Mtu < BridgeNetwork.MinimumIPv6Mtu)
        {
            yield return Problem(
                network,
                MtuKey,
                "is too small for IPv6",
                $"a number from {BridgeNetwork.MinimumIPv6Mtu} to 65535, since the network has IPv6");
        }

        foreach ((string key, GatewayMode mode)
            in ((string, GatewayMode)[])[(GatewayModeIPv4Key, options.GatewayModeIPv4), (GatewayModeIPv6Key, options.GatewayModeIPv6)])
        {
            if (mode == GatewayMode.Isolated && !network.Internal)
            {
                yield return Problem(network, key, "gateway mode 'isolated' can only be used for an internal network", AllowedModes);
            }
        }
    }

    private static OptionProblem Problem(Network network, string key, string why, string allowed) =>
        new(key, network.Options[key], why, allowed);

    /// <summary>The gateway mode of a name; null when the name is unknown.</summary>
    private static GatewayMode? ParseMode(string name) => name switch
    {
        "nat" => GatewayMode.Nat,
        "nat-unprotected" => GatewayMode.NatUnprotected,
        "routed" => GatewayMode.Routed,
        "isolated" => GatewayMode.Isolated,
        _ => null,
    };

    private static OptionRule<BridgeOptions> Boolean(string key, Func<BridgeOptions, bool, BridgeOptions> set) => new(
        key,
        (options, value) => OptionText.ParseBoolean(value) is { } on ? set(options, on) : null,
        _ => "is neither true nor false",
        OptionText.AllowedBooleans);

    private static OptionRule<BridgeOptions> Gateway(string key, Func<BridgeOptions, GatewayMode, BridgeOptions> set) => new(
        key,
        (options, value) => ParseMode(value) is { } mode ? set(options, mode) : null,
        value => $"unknown gateway mode {value}",
        AllowedModes);

    private static OptionRule<BridgeOptions> Source(
        string key, AddressFamily family, string familyName, Func<BridgeOptions, IPAddress, BridgeOptions> set) => new(
        key,
        (options, value) =>
            AddressParser.TryParse(value, out IPAddress address) && address.AddressFamily == family && IsSource(address)
            ? set(options, address)
            : null,
        value => AddressParser.TryParse(value, out IPAddress address) && address.AddressFamily == family
            ? "is no address that packets to the outside can come from"
            : $"is not an {familyName} address",
        $"an {familyName} address of this host, which packets to the outside get");

    /// <summary>Whether packets that leave the host may have the address as their source: RFC 1122 3.2.1.3, RFC 4291 2.5.2, 2.5.3 and
    /// 2.7.</summary>
    private static bool IsSource(IPAddress address) =>
        !IsGroup(address) && !IPAddress.IsLoopback(address) && !address.Equals(IPAddress.IPv6Any)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.GetAddressBytes()[0] != 0);

    /// <summary>Whether the address is that of several hosts: multicast, or broadcast on this link.</summary>
    private static bool IsGroup(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.IsIPv6Multicast
        : address.GetAddressBytes()[0] is >= 224 and <= 239 || address.Equals(IPAddress.Broadcast);
}
