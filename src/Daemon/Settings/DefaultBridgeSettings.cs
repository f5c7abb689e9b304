using System.Net;
using Net.Drivers.Bridge;

namespace Net.Daemon.Settings;

/// <summary>The settings of the default network, <c>bridge</c>.</summary>
internal static class DefaultBridgeSettings
{
    public static IReadOnlyList<DaemonSetting> All { get; } =
    [
        DaemonSetting.One(
            "bridge", SettingKind.Text, "NAME", "Bridge of yours that the default network stands on; none for no default network",
            (options, text) => text.Text switch
            {
                "none" => options with { HasDefaultBridge = false, BridgeName = null },
                BridgeNames.DefaultBridge => options with { HasDefaultBridge = true, BridgeName = null },
                _ => options with { HasDefaultBridge = true, BridgeName = BridgeName(text) },
            })
            with { Shorthand = "-b" },
        DaemonSetting.One(
            "bip", SettingKind.Text, "CIDR", "Address and subnet of the default bridge; the first free one of the pools when not given",
            (options, text) => options with { BridgeAddress = AddressTexts.Interface(text, ipv6: false, "172.17.0.1/22") }),
        DaemonSetting.One(
            "bip6", SettingKind.Text, "CIDR", "As --bip, for IPv6",
            (options, text) => options with { BridgeIPv6Address = AddressTexts.Interface(text, ipv6: true, "fd00:17::1/64") }),
        DaemonSetting.One(
            "fixed-cidr", SettingKind.Text, "CIDR",
            "Part of the default bridge's subnet that containers get addresses from; the subnet itself without --bip",
            (options, text) => options with { BridgeRange = AddressTexts.Subnet(text, ipv6: false) }),
        DaemonSetting.One(
            "fixed-cidr-v6", SettingKind.Text, "CIDR", "As --fixed-cidr, for IPv6",
            (options, text) => options with { BridgeIPv6Range = AddressTexts.Subnet(text, ipv6: true) }),
        DaemonSetting.One(
            "default-gateway", SettingKind.Text, "IP",
            "IPv4 gateway of containers on the default bridge; the bridge itself when not given",
            (options, text) => options with { DefaultGateway = AddressTexts.Address(text, ipv6: false, "172.17.0.254") }),
        DaemonSetting.One(
            "default-gateway-v6", SettingKind.Text, "IP", "As --default-gateway, for IPv6",
            (options, text) => options with { DefaultIPv6Gateway = AddressTexts.Address(text, ipv6: true, "fd00:17::fe") }),
        DaemonSetting.One(
            "mtu", SettingKind.Number, "N", "MTU of the default bridge in bytes; that of the default route's link when not given",
            (options, text) => options with { Mtu = NumberTexts.Mtu(text) }),
        DaemonSetting.Switch(
            "icc", "Let containers on the default bridge talk to each other; --icc=false for those linked only",
            (options, on) => options with { InterContainer = on }),
        DaemonSetting.One(
            "ip", SettingKind.Text, "ADDR", "Host address that the default bridge's ports are published on; all when not given",
            (options, text) => options with { HostBinding = AddressTexts.HostAddress(text, "an address of this host, such as 192.0.2.1") }),
        DaemonSetting.Switch(
            "ipv6", "Give the default bridge IPv6 too",
            (options, on) => options with { BridgeIPv6 = on }),
        DaemonSetting.Switch(
            "ip-masq", "Give what leaves the default bridge the host's address; --ip-masq=false for not",
            (options, on) => options with { Masquerade = on }),
        DaemonSetting.Many(
            "host-gateway-ip", "host-gateway-ips", SettingKind.List, "IP",
            "What host-gateway stands for in --add-host, one a family; the default bridge's addresses when not given",
            (options, texts) => options with { HostGateways = HostGateways(texts) }),
    ];

    private static string BridgeName(SettingText text) =>
        BridgeNames.IsName(text.Text)
            ? text.Text
            : throw text.Invalid("the interface name of a bridge, 1 to 15 of the characters [a-zA-Z0-9_.-], or none");

    private static IReadOnlyList<IPAddress> HostGateways(IReadOnlyList<SettingText> texts)
    {
        var gateways = new List<IPAddress>();
        foreach (SettingText text in texts)
        {
            IPAddress address = AddressTexts.HostAddress(text, "an address of the host, such as 192.0.2.1");
            if (gateways.Exists(other => other.AddressFamily == address.AddressFamily))
            {
                throw text.Invalid("one IPv4 and one IPv6 address at most; leave the others out");
            }

            gateways.Add(address);
        }

        return gateways;
    }
}
