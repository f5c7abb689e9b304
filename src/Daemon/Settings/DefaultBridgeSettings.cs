namespace Net.Daemon.Settings;

/// <summary>The settings of the default network, <c>bridge</c>.</summary>
internal static class DefaultBridgeSettings
{
    public static IReadOnlyList<DaemonSetting> All { get; } =
    [
        DaemonSetting.One(
            "bip", SettingKind.Text, "CIDR", "Address and subnet of the default bridge; the first free one of the pools when not given",
            (options, text) => options with { BridgeAddress = AddressTexts.Interface(text, "172.17.0.1/22") }),
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
    ];
}
