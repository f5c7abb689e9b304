using System.Net;
using Net.Cnm.Addresses;
using Net.Dns.Files;

namespace Net.Daemon.Settings;

/// <summary>The settings of the resolver in containers.</summary>
internal static class ResolverSettings
{
    public static IReadOnlyList<DaemonSetting> All { get; } =
    [
        DaemonSetting.Many(
            "dns", "dns", SettingKind.List, "ADDR", "DNS server for what containers ask beyond their networks; the host's when not given",
            (options, texts) => options with { DnsServers = [.. texts.Select(Server)] }),
        DaemonSetting.One(
            "dns-ttl", SettingKind.Number, "SECONDS", "Time to live of the containers' names; 5 when not given",
            (options, text) => options with { NameTimeToLive = NumberTexts.TimeToLive(text) }),
        DaemonSetting.One(
            "dns-cache", SettingKind.Number, "ENTRIES", "Answers of DNS servers to keep, 0 for none; 10000 when not given",
            (options, text) => options with { DnsCacheEntries = NumberTexts.CacheEntries(text) }),
    ];

    private static IPAddress Server(SettingText text) =>
        AddressParser.TryParse(text.Text, out IPAddress address) && !address.Equals(ContainerResolvConf.ResolverAddress)
            ? address
            : throw text.Invalid(
                $"the address of a DNS server, such as 192.0.2.53, and not {ContainerResolvConf.ResolverAddress}, "
                    + "which is the embedded resolver itself");
}
