using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;
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
        DaemonSetting.Many(
            "dns-search", "dns-search", SettingKind.List, "DOMAIN",
            "Domain that containers search names in, \".\" for none; the host's when not given",
            (options, texts) => options with
            {
                DnsSearch = [.. texts.Select(text => Required(text, new ResolverConfig { Search = [text.Text] }))],
            }),
        DaemonSetting.Many(
            "dns-opt", "dns-opts", SettingKind.List, "OPTION",
            "Option of containers' resolv.conf, such as ndots:2; the host's when not given",
            (options, texts) => options with
            {
                DnsOptions = [.. texts.Select(text => Required(text, new ResolverConfig { Options = [text.Text] }))],
            }),
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

    /// <summary>The text, which must be what a container may be given too.</summary>
    private static string Required(SettingText text, ResolverConfig settings)
    {
        try
        {
            ResolverRule.Require(settings, NetworkMode.Own);
            return text.Text;
        }
        catch (CnmException error)
        {
            throw new FormatException($"invalid argument \"{text.Text}\" for {text.Place}: {error.Message}", error);
        }
    }
}
