using Net.Cnm.Errors;
using Net.Drivers.Ipam.Default;

namespace Net.Daemon.Settings;

/// <summary>The settings that hold for all networks.</summary>
internal static class NetworkSettings
{
    public static IReadOnlyList<DaemonSetting> All { get; } =
    [
        DaemonSetting.One(
            "firewall-backend", SettingKind.Text, "iptables|nftables",
            "iptables when its program is installed, else nftables, when not given",
            (options, text) => options with
            {
                FirewallBackend = text.Text is "iptables" or "nftables" ? text.Text : throw text.Invalid("iptables or nftables"),
            }),
        DaemonSetting.Many(
            "default-address-pool", "default-address-pools", SettingKind.Pools, "base=CIDR,size=N",
            "Pool that subnets are cut from; 172.17.0.0/16 to 172.31.0.0/16 and 192.168.0.0/16 in /22 when not given",
            (options, texts) => options with { DefaultAddressPools = [.. texts.Select(Pool)] }),
        DaemonSetting.Many(
            "default-network-opt", "default-network-opts", SettingKind.MapOfMaps, "DRIVER=KEY=VALUE",
            "Option of the new networks of a driver that are not given it",
            (options, texts) => options with { DefaultNetworkOptions = DefaultNetworkOptions.Parse(texts) }),
        DaemonSetting.Switch(
            "ip-forward", "Turn the host's IP forwarding on where it is off; --ip-forward=false to leave it alone",
            (options, on) => options with { TurnsForwardingOn = on }),
        DaemonSetting.Switch(
            "mend-drift", "Put back what others change of ours in the kernel; --mend-drift=false leaves it to netctl doctor --fix",
            (options, on) => options with { MendsDrift = on }),
        DaemonSetting.One(
            "port-range", SettingKind.Text, "A-B", "Host ports to pick from; the kernel's ip_local_port_range when not given",
            (options, text) => options with { PortRange = PortTexts.Range(text) }),
    ];

    private static DefaultAddressPool Pool(SettingText text)
    {
        try
        {
            return DefaultAddressPool.Parse(text.Text);
        }
        catch (CnmException error)
        {
            throw new FormatException($"invalid argument \"{text.Text}\" for {text.Place}: {error.Message}", error);
        }
    }
}
