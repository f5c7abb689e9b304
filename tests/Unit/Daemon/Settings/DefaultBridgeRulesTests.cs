using Net.Daemon;
using Net.Daemon.Settings;

namespace Net.Tests.Unit.Daemon.Settings;

/// <summary>What settings of the default bridge exclude each other, and what they make of it together.</summary>
public sealed class DefaultBridgeRulesTests
{
    [Theory]
    [InlineData("bridge=none bip=10.9.0.1/24", "bridge none and bip are mutually exclusive")]
    [InlineData("bridge=none fixed-cidr=10.9.0.0/24", "bridge none and fixed-cidr are mutually exclusive")]
    [InlineData("bridge=br0 bip=10.9.0.1/24", "bridge br0 and bip are mutually exclusive: that bridge has its addresses")]
    [InlineData("bip6=fd00:9::1/64", "bip6 needs IPv6 on the default bridge; set ipv6 too")]
    [InlineData("fixed-cidr-v6=fd00:9::/64", "fixed-cidr-v6 needs IPv6")]
    [InlineData("bip=10.9.0.1/24 fixed-cidr=10.8.0.0/25", "fixed-cidr 10.8.0.0/25 is not in bip's subnet 10.9.0.0/24")]
    [InlineData("ipv6=true bip6=fd00:9::1/64 fixed-cidr-v6=fd00:8::/80", "fixed-cidr-v6 fd00:8::/80 is not in bip6's subnet fd00:9::/64")]
    [InlineData("default-gateway=10.9.0.254", "default-gateway 10.9.0.254 needs the subnet that it is in; set bip or fixed-cidr too")]
    [InlineData(
        "fixed-cidr=10.9.0.0/24 default-gateway=10.8.0.1",
        "default-gateway 10.8.0.1 is not in the default bridge's subnet 10.9.0.0/24")]
    public void Settings_that_exclude_each_other_are_refused(string settings, string expected) => Assert.StartsWith(
        expected, Assert.Throws<FormatException>(() => Load(settings)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "")]
    [InlineData("bip=10.9.0.1/24", "10.9.0.0/24 range  gateway 10.9.0.1")]
    [InlineData("bridge=br0", "")]
    [InlineData("bridge=br0 fixed-cidr=10.9.0.128/25", " range 10.9.0.128/25 gateway ")]
    [InlineData("bridge=br0 default-gateway=10.9.0.9", " range  gateway  DefaultGatewayIPv4=10.9.0.9")]
    [InlineData("fixed-cidr=10.9.0.0/24", "10.9.0.0/24 range  gateway ")]
    [InlineData("bip=10.9.0.1/24 fixed-cidr=10.9.0.0/24", "10.9.0.0/24 range  gateway 10.9.0.1")]
    [InlineData("bip=10.9.0.1/24 fixed-cidr=10.9.0.128/25", "10.9.0.0/24 range 10.9.0.128/25 gateway 10.9.0.1")]
    [InlineData("bip=10.9.0.1/24 default-gateway=10.9.0.1", "10.9.0.0/24 range  gateway 10.9.0.1")]
    [InlineData(
        "bip=10.9.0.1/24 default-gateway=10.9.0.254", "10.9.0.0/24 range  gateway 10.9.0.1 DefaultGatewayIPv4=10.9.0.254")]
    [InlineData(
        "ipv6=true fixed-cidr-v6=fd00:9::/64 default-gateway-v6=fd00:9::fe",
        "fd00:9::/64 range  gateway  DefaultGatewayIPv6=fd00:9::fe")]
    public void The_subnets_follow_from_the_settings(string settings, string expected) => Assert.Equal(
        expected,
        string.Join(';', DefaultBridge.SubnetsOf(Load(settings)).Select(s =>
            $"{s.Subnet} range {s.Range} gateway {s.Gateway}{string.Concat(s.AuxiliaryAddresses.Select(a => $" {a.Key}={a.Value}"))}")));

    private static DaemonOptions Load(string settings) => DaemonConfiguration.Load(
        "",
        settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=', 2)).ToDictionary(
            word => DaemonSettings.All.Single(s => s.Name == word[0]), word => (IReadOnlyList<string>)[word[1]]));
}
