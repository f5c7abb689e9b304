using Net.Api.Networks;
using Net.Cli.Networks;

namespace Net.Tests.Unit.Cli;

/// <summary>The forms of <c>--network</c> of run and create.</summary>
public sealed class NetworkFlagTests
{
    [Fact]
    public void A_name_alone_asks_for_nothing()
    {
        var flags = NetworkFlags.Of(["front", "container:web"], null, hasAliases: true);
        Assert.Equal(["front", "container:web"], flags.Names);
        Assert.Null(flags.Config);
    }

    [Fact]
    public void Every_field_of_the_long_form_is_understood_and_some_can_be_repeated()
    {
        NetworkFlag flag = NetworkFlag.Parse(
            "name=Back,alias=db,Alias=sql,ip=10.7.0.9,ip6=fd00::9,mac-address=02:00:00:00:00:01,link-local-ip=169.254.1.1,"
                + "link-local-ip=fe80::1,gw-priority=-3,driver-opt=a=b,\"driver-opt=c=net.ipv4.conf.IFNAME.x=1,y=\"\"2\"\"\"");
        Assert.Equal("Back", flag.Name);
        EndpointConfig config = flag.Config!;
        Assert.Equal(["db", "sql"], config.Aliases);
        Assert.Equal(("10.7.0.9", "fd00::9"), (config.IPAMConfig!.IPv4Address, config.IPAMConfig.IPv6Address));
        Assert.Equal(["169.254.1.1", "fe80::1"], config.IPAMConfig.LinkLocalIPs);
        Assert.Equal("02:00:00:00:00:01", config.MacAddress);
        Assert.Equal(-3, config.GwPriority);
        Assert.Equal("b", config.DriverOpts!["a"]);
        Assert.Equal("net.ipv4.conf.IFNAME.x=1,y=\"2\"", config.DriverOpts["c"]);
    }

    [Theory]
    [InlineData("name=n,other=1", "invalid field key other")]
    [InlineData("name=n,alias", "invalid field alias")]
    [InlineData("alias=db", "network name/id is not specified")]
    [InlineData("name=n,gw-priority=high", "invalid gw-priority \"high\"")]
    [InlineData("name=n,\"alias=db", "a quotation mark is not closed")]
    public void Other_forms_are_refused(string text, string message)
    {
        FormatException error = Assert.Throws<FormatException>(() => NetworkFlag.Parse(text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_beside_the_networks_are_for_the_first_one()
    {
        var beside = new EndpointConfig
        {
            MacAddress = "02:00:00:00:00:01",
            IPAMConfig = new EndpointIpamConfig { IPv4Address = "10.7.0.9" },
        };
        var flags = NetworkFlags.Of(["name=front,ip6=fd00::9", "back"], beside, hasAliases: false);
        EndpointConfig first = Assert.Single(flags.Config!.EndpointsConfig!).Value;
        Assert.Equal(("10.7.0.9", "fd00::9"), (first.IPAMConfig!.IPv4Address, first.IPAMConfig.IPv6Address));
        Assert.Equal("02:00:00:00:00:01", first.MacAddress);
        Assert.Equal(["default"], NetworkFlags.Of([], beside, hasAliases: false).Names);
    }

    [Theory]
    [InlineData("name=n,ip=10.0.0.1", "conflicting options: cannot specify both --ip and per-network IPv4 address")]
    [InlineData("name=n,ip6=fd00::1", "conflicting options: cannot specify both --ip6 and per-network IPv6 address")]
    [InlineData(
        "name=n,mac-address=02:00:00:00:00:02", "conflicting options: cannot specify both --mac-address and per-network MAC address")]
    [InlineData("name=n,alias=db", "conflicting options: cannot specify both --network-alias and per-network alias")]
    [InlineData(
        "name=n,link-local-ip=fe80::2", "conflicting options: cannot specify both --link-local-ip and per-network link-local IP addresses")]
    public void What_is_given_in_both_ways_is_refused_in_Dockers_words(string network, string message)
    {
        var beside = new EndpointConfig
        {
            MacAddress = "02:00:00:00:00:01",
            IPAMConfig = new EndpointIpamConfig { IPv4Address = "10.7.0.9", IPv6Address = "fd00::9", LinkLocalIPs = ["fe80::1"] },
        };
        FormatException error = Assert.Throws<FormatException>(() => NetworkFlags.Of([network], beside, hasAliases: true));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => NetworkFlags.Of(["n", "name=n"], null, hasAliases: false));
    }
}
