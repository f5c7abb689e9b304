using System.Text;
using Microsoft.Extensions.Logging;
using Net.Daemon;
using Net.Daemon.Settings;

namespace Net.Tests.Unit.Daemon.Settings;

public sealed class ConfigurationFileTests
{
    // A value for each key, in the form that Docker's documentation gives it, and the same on the command line.
    private const string Everything =
        """
        {
          "data-root": "/srv/data", "exec-root": "/srv/run", "hosts": ["unix:///srv/run/s.sock"], "plugin-dir": "",
          "firewall-backend": "nftables", "port-range": "49000-49900",
          "default-address-pools": [{"base": "10.10.0.0/16", "size": 24}, {"size": 64, "base": "fd00:10::/48"}],
          "default-network-opts": {"bridge": {"com.docker.network.driver.mtu": "1400"}},
          "bip": "10.9.0.1/24", "fixed-cidr": "10.9.0.128/25", "default-gateway": "10.9.0.254",
          "bip6": "fd00:9::1/64", "fixed-cidr-v6": "fd00:9::8000/113", "default-gateway-v6": "fd00:9::fe",
          "ip-masq": false, "ip-forward": false, "mend-drift": false, "host-gateway-ips": ["192.0.2.7", "2001:db8::7"],
          "dns-search": ["lab.example"], "dns-opts": ["ndots:2", "rotate"], "mtu": 1450, "icc": false, "ip": "192.0.2.1", "ipv6": true,
          "dns": ["192.0.2.53", "2001:db8::53"], "dns-ttl": 7, "dns-cache": 0,
          "log-opts": {"max-size": "5m", "max-file": "2"}, "log-level": "warn", "log-format": "json"
        }
        """;

    private static readonly Dictionary<string, string[]> EverythingAsFlags = new()
    {
        ["data-root"] = ["/srv/data"],
        ["exec-root"] = ["/srv/run"],
        ["host"] = ["unix:///srv/run/s.sock"],
        ["plugin-dir"] = [""],
        ["firewall-backend"] = ["nftables"],
        ["port-range"] = ["49000-49900"],
        ["default-address-pool"] = ["base=10.10.0.0/16,size=24", "base=fd00:10::/48,size=64"],
        ["default-network-opt"] = ["bridge=com.docker.network.driver.mtu=1400"],
        ["bip"] = ["10.9.0.1/24"],
        ["fixed-cidr"] = ["10.9.0.128/25"],
        ["default-gateway"] = ["10.9.0.254"],
        ["bip6"] = ["fd00:9::1/64"],
        ["fixed-cidr-v6"] = ["fd00:9::8000/113"],
        ["default-gateway-v6"] = ["fd00:9::fe"],
        ["ip-masq"] = ["false"],
        ["ip-forward"] = ["false"],
        ["mend-drift"] = ["false"],
        ["host-gateway-ip"] = ["192.0.2.7", "2001:db8::7"],
        ["dns-search"] = ["lab.example"],
        ["dns-opt"] = ["ndots:2", "rotate"],
        ["mtu"] = ["1450"],
        ["icc"] = ["false"],
        ["ip"] = ["192.0.2.1"],
        ["ipv6"] = ["true"],
        ["dns"] = ["192.0.2.53", "2001:db8::53"],
        ["dns-ttl"] = ["7"],
        ["dns-cache"] = ["0"],
        ["log-opt"] = ["max-size=5m", "max-file=2"],
        ["log-level"] = ["warn"],
        ["log-format"] = ["json"],
    };

    [Fact]
    public void Every_setting_has_a_key_that_says_the_same_as_its_flag()
    {
        IReadOnlyDictionary<DaemonSetting, IReadOnlyList<SettingText>> file = Parse(Everything);

        // "bridge" excludes most of the others.
        IEnumerable<DaemonSetting> all = DaemonSettings.All.Where(s => s.Name != "bridge");
        Assert.Equal(all.Select(s => s.Key).Order(), file.Keys.Select(s => s.Key).Order());
        Assert.Equal(all.Select(s => s.Name).Order(), EverythingAsFlags.Keys.Order());
        Assert.All(file, entry => Assert.Equal(EverythingAsFlags[entry.Key.Name], entry.Value.Select(text => text.Text)
            .Select(text => text == "size=64,base=fd00:10::/48" ? "base=fd00:10::/48,size=64" : text)));
    }

    [Fact]
    public void The_file_sets_what_the_flags_set()
    {
        DaemonOptions options = Load(Everything);

        Assert.Equal(
            ("/srv/data", "/srv/run", "/srv/run/s.sock", null, "nftables"),
            (options.DataRoot, options.ExecRoot, options.Socket, options.PluginDirectory, options.FirewallBackend));
        Assert.Equal(
            ("10.9.0.1/24", 1450, false, "192.0.2.1", true),
            ($"{options.BridgeAddress}", options.Mtu, options.InterContainer, $"{options.HostBinding}", options.BridgeIPv6));
        Assert.Equal(
            ("10.9.0.128/25", "10.9.0.254", "fd00:9::1/64", "fd00:9::8000/113", "fd00:9::fe"),
            ($"{options.BridgeRange}", $"{options.DefaultGateway}", $"{options.BridgeIPv6Address}", $"{options.BridgeIPv6Range}",
                $"{options.DefaultIPv6Gateway}"));
        Assert.Equal((true, false, false), (options.HasDefaultBridge, options.Masquerade, options.TurnsForwardingOn));
        Assert.Equal(["192.0.2.7", "2001:db8::7"], options.HostGateways.Select(a => $"{a}"));
        Assert.Equal(["lab.example", "ndots:2", "rotate"], options.DnsSearch.Concat(options.DnsOptions));
        Assert.False(Load("{\"bridge\": \"none\"}").HasDefaultBridge);
        Assert.Equal((true, "br0"), (Load("{\"bridge\": \"br0\"}").HasDefaultBridge, Load("{\"bridge\": \"br0\"}").BridgeName));
        Assert.Null(Load("{\"bridge\": \"netctl0\"}").BridgeName);
        Assert.Equal(((ushort)49000, (ushort)49900), options.PortRange);
        Assert.Equal(["10.10.0.0/16", "fd00:10::/48"], options.DefaultAddressPools.Select(p => $"{p.Base}"));
        Assert.Equal(["192.0.2.53", "2001:db8::53"], options.DnsServers.Select(a => $"{a}"));
        Assert.Equal((TimeSpan.FromSeconds(7), 0), (options.NameTimeToLive, options.DnsCacheEntries));
        Assert.Equal((5L << 20, 2), (options.Log.MaximumSize, options.Log.MaximumFiles));
        Assert.Equal((LogLevel.Warning, LogFormat.Json), (options.LogLevel, options.LogFormat));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("{}")]
    [InlineData("\uFEFF{ \"mtu\": 0 }")]
    [InlineData("{\"mtu\": 0, \"bip\": \"\", \"dns\": [], \"log-opts\": {}, \"ip\": null, \"default-network-opts\": {}}")]
    public void What_stands_for_nothing_in_Dockers_own_example_changes_nothing(string file)
    {
        DaemonOptions options = Load(file);

        Assert.Equal(
            new DaemonOptions() with { DnsServers = options.DnsServers, DefaultAddressPools = options.DefaultAddressPools },
            options with { DefaultNetworkOptions = DefaultNetworkOptions.None });
        Assert.Empty(options.DnsServers);
    }

    [Theory]
    [InlineData("{\"mtu\": 1400", "it is not valid JSON in line 1, byte 13")]
    [InlineData("{\n\"mtu\": 1400,\n}", "it is not valid JSON in line 3, byte 1")]
    [InlineData("{\"mtu\": 1400, \"mtu\": 1500}", "it is not valid JSON")]
    [InlineData("[]", "it is not a JSON object")]
    [InlineData("{\"mtu\": \"1400\"}", "the value of \"mtu\" has the wrong type: it takes a number")]
    [InlineData("{\"icc\": \"false\"}", "the value of \"icc\" has the wrong type: it takes true or false")]
    [InlineData("{\"bip\": 1}", "the value of \"bip\" has the wrong type: it takes a string")]
    [InlineData("{\"dns\": \"192.0.2.53\"}", "the value of \"dns\" has the wrong type: it takes an array of strings")]
    [InlineData("{\"dns\": [1]}", "the value of \"dns\" has the wrong type: it takes an array of strings")]
    [InlineData("{\"log-opts\": {\"max-file\": 2}}", "the value of \"log-opts\" has the wrong type")]
    [InlineData("{\"default-network-opts\": {\"bridge\": \"x\"}}", "the value of \"default-network-opts\" has the wrong type")]
    [InlineData("{\"default-address-pools\": [{\"base\": \"10.0.0.0/8\"}]}", "the value of \"default-address-pools\" has the wrong type")]
    [InlineData("{\"mtu\": 67}", "invalid argument \"67\" for \"mtu\" key: it takes bytes from 68 to 65535")]
    [InlineData("{\"mtu\": 1.5e3}", "invalid argument \"1.5e3\" for \"mtu\" key")]
    [InlineData("{\"dns\": [\"nobody\"]}", "invalid argument \"nobody\" for \"dns\" key")]
    [InlineData(
        "{\"hosts\": [\"unix:///a\", \"unix:///b\"]}",
        "invalid argument \"unix:///b\" for \"hosts\" key: it takes one socket only")]
    [InlineData("{\"bridge\": \"br 0\"}", "invalid argument \"br 0\" for \"bridge\" key: it takes the interface name of a bridge")]
    [InlineData("{\"bip\": \"fd00::1/64\"}", "invalid argument \"fd00::1/64\" for \"bip\" key: it takes an IPv4 address")]
    [InlineData("{\"fixed-cidr\": \"10.9.0.1/25\"}", "invalid argument \"10.9.0.1/25\" for \"fixed-cidr\" key: invalid subnet")]
    [InlineData("{\"fixed-cidr-v6\": \"10.9.0.0/25\"}", "invalid argument \"10.9.0.0/25\" for \"fixed-cidr-v6\" key: it takes an IPv6")]
    [InlineData("{\"host-gateway-ips\": [\"192.0.2.7\", \"192.0.2.8\"]}", "invalid argument \"192.0.2.8\" for \"host-gateway-ips\" key")]
    [InlineData("{\"dns-search\": [\"a b\"]}", "invalid argument \"a b\" for \"dns-search\" key: invalid DNS search domain")]
    [InlineData("{\"dns-opts\": [\"a b\"]}", "invalid argument \"a b\" for \"dns-opts\" key: invalid DNS option")]
    [InlineData(
        "{\"storage-driver\": \"overlay2\", \"mtu\": 1400, \"debugg\": true}",
        "the following directives don't match any configuration option: storage-driver, debugg;")]
    public void What_is_wrong_is_one_sentence_that_names_the_file(string file, string expected)
    {
        FormatException error = Assert.Throws<FormatException>(() => Load(file));

        Assert.StartsWith("unable to configure the daemon with file /", error.Message, StringComparison.Ordinal);
        Assert.Contains($": {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_flag_and_a_key_that_set_the_same_are_refused_with_both_values()
    {
        FormatException error = Assert.Throws<FormatException>(() => Load(
            "{\"mtu\": 1500, \"dns\": [\"192.0.2.53\", \"192.0.2.54\"], \"icc\": true}", ("mtu", ["1400"]), ("dns", ["192.0.2.1"])));

        Assert.Contains(
            ": the following directives are specified both as a flag and in the configuration file: "
                + "mtu: (from flag: 1400, from file: 1500), dns: (from flag: [192.0.2.1], from file: [192.0.2.53 192.0.2.54]);",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_default_file_may_be_missing()
    {
        FormatException error = Assert.Throws<FormatException>(
            () => DaemonConfiguration.Load("/nowhere/daemon.json", Flags([])));

        Assert.Equal(
            "unable to configure the daemon with file /nowhere/daemon.json: no such file; make it, or leave out --config-file",
            error.Message);
        Assert.Equal(1400, DaemonConfiguration.Load("", Flags([("mtu", ["1400"])])).Mtu);
    }

    [Fact]
    public void What_is_no_file_of_settings_is_refused()
    {
        Assert.Contains(
            "larger than 1 MiB",
            Assert.Throws<FormatException>(() => DaemonConfiguration.Load("/dev/zero", Flags([]))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "cannot be read",
            Assert.Throws<FormatException>(() => DaemonConfiguration.Load("/", Flags([]))).Message,
            StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<DaemonSetting, IReadOnlyList<SettingText>> Parse(string text) =>
        ConfigurationFile.Parse(Encoding.UTF8.GetBytes(text));

    private static DaemonOptions Load(string text, params (string Name, string[] Texts)[] flags)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return DaemonConfiguration.Load(path, Flags(flags));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Dictionary<DaemonSetting, IReadOnlyList<string>> Flags((string Name, string[] Texts)[] flags) =>
        flags.ToDictionary(flag => DaemonSettings.All.Single(s => s.Name == flag.Name), flag => (IReadOnlyList<string>)flag.Texts);
}
