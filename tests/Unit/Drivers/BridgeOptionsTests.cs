using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Networks;
using Net.Drivers.Bridge;
using Net.Drivers.Options;

namespace Net.Tests.Unit.Drivers;

public sealed class BridgeOptionsTests
{
    [Fact]
    public void Without_options_everything_has_its_default()
    {
        Assert.True(BridgeOptions.TryParse(Samples.Network(), out BridgeOptions? options, out _));
        Assert.Equal(new BridgeOptions(), options);
    }

    [Theory]
    [InlineData("com.docker.network.bridge.name", "")]
    [InlineData("com.docker.network.bridge.name", "sixteen-letters-")]
    [InlineData("com.docker.network.bridge.name", "a/b")]
    [InlineData("com.docker.network.bridge.name", "a b")]
    [InlineData("com.docker.network.bridge.name", "-x")]
    [InlineData("com.docker.network.bridge.name", "..")]
    [InlineData("com.docker.network.bridge.name", "lo")]
    [InlineData("com.docker.network.bridge.name", "all")]
    [InlineData("com.docker.network.driver.mtu", "67")]
    [InlineData("com.docker.network.driver.mtu", "65536")]
    [InlineData("com.docker.network.driver.mtu", "many")]
    [InlineData("com.docker.network.bridge.enable_icc", "yes")]
    [InlineData("com.docker.network.bridge.enable_ip_masquerade", "")]
    [InlineData("com.docker.network.bridge.host_binding_ipv4", "[::1]")]
    [InlineData("com.docker.network.bridge.host_binding_ipv4", "localhost")]
    [InlineData("com.docker.network.container_iface_prefix", "thirteenchars")]
    [InlineData("com.docker.network.bridge.gateway_mode_ipv4", "Routed")]
    [InlineData("com.docker.network.bridge.gateway_mode_ipv6", "")]
    [InlineData("com.docker.network.bridge.gateway_mode_ipv6", "isolated")]
    [InlineData("com.docker.network.bridge.inhibit_ipv4", "no")]
    [InlineData("com.docker.network.bridge.trusted_host_interfaces", "")]
    [InlineData("com.docker.network.bridge.trusted_host_interfaces", "eth0:")]
    [InlineData("com.docker.network.bridge.trusted_host_interfaces", "eth0,eth1")]
    [InlineData("com.docker.network.host_ipv4", "2001:db8::1")]
    [InlineData("com.docker.network.host_ipv6", "192.0.2.1")]
    [InlineData("com.docker.network.bridge.host_binding_ipv4", "224.0.0.1")]
    [InlineData("com.docker.network.bridge.host_binding_ipv4", "255.255.255.255")]
    [InlineData("com.docker.network.bridge.host_binding_ipv4", "ff02::1")]
    [InlineData("com.docker.network.host_ipv4", "0.0.0.0")]
    [InlineData("com.docker.network.host_ipv4", "0.1.2.3")]
    [InlineData("com.docker.network.host_ipv4", "224.0.0.251")]
    [InlineData("com.docker.network.host_ipv4", "239.255.255.250")]
    [InlineData("com.docker.network.host_ipv4", "255.255.255.255")]
    [InlineData("com.docker.network.host_ipv4", "127.0.0.1")]
    [InlineData("com.docker.network.host_ipv6", "::")]
    [InlineData("com.docker.network.host_ipv6", "::1")]
    [InlineData("com.docker.network.host_ipv6", "ff02::1")]
    [InlineData("netctl.antispoof", "off")]
    [InlineData("netctl.port_isolation", "on")]
    [InlineData("netctl.no_default_route", "2")]
    [InlineData("netctl.metric", "0")]
    [InlineData("netctl.metric", "4294967296")]
    [InlineData("com.docker.network.advertise_addr_nmsgs", "4")]
    [InlineData("com.docker.network.advertise_addr_nmsgs", "-1")]
    [InlineData("com.docker.network.advertise_addr_ms", "99")]
    [InlineData("com.docker.network.advertise_addr_ms", "2001")]
    [InlineData("com.docker.network.bridge.nosuch", "1")]
    public void A_value_that_is_not_allowed_is_a_problem_that_says_what_is(string key, string value)
    {
        Assert.False(BridgeOptions.TryParse(Samples.Network((key, value)), out _, out IReadOnlyList<OptionProblem> problems));
        OptionProblem problem = Assert.Single(problems);
        Assert.Equal((key, value), (problem.Key, problem.Value));
        Assert.NotEmpty(problem.Why);
        Assert.NotEmpty(problem.Allowed);
    }

    [Fact]
    public void Every_option_is_read()
    {
        Assert.True(BridgeOptions.TryParse(
            Samples.Network(
                ("com.docker.network.bridge.name", "lab.0"),
                ("com.docker.network.driver.mtu", "9000"),
                ("com.docker.network.bridge.enable_icc", "false"),
                ("com.docker.network.bridge.enable_ip_masquerade", "0"),
                ("com.docker.network.bridge.host_binding_ipv4", "::1"),
                ("com.docker.network.container_iface_prefix", "net"),
                ("com.docker.network.bridge.gateway_mode_ipv4", "nat-unprotected"),
                ("com.docker.network.bridge.gateway_mode_ipv6", "routed"),
                ("com.docker.network.bridge.inhibit_ipv4", "t"),
                ("com.docker.network.bridge.trusted_host_interfaces", "eth0:eth1:eth0"),
                ("com.docker.network.host_ipv4", "192.0.2.1"),
                ("com.docker.network.host_ipv6", "2001:db8::1"),
                ("netctl.antispoof", "false")),
            out BridgeOptions? options,
            out _));
        Assert.Equal(["eth0", "eth1"], options.TrustedLinks);
        var expected = new BridgeOptions
        {
            Name = "lab.0",
            Mtu = 9000,
            InterContainer = false,
            Masquerade = false,
            HostBinding = IPAddress.IPv6Loopback,
            InterfacePrefix = "net",
            GatewayModeIPv4 = GatewayMode.NatUnprotected,
            GatewayModeIPv6 = GatewayMode.Routed,
            InhibitIPv4 = true,
            TrustedLinks = options.TrustedLinks,
            SourceIPv4 = IPAddress.Parse("192.0.2.1"),
            SourceIPv6 = IPAddress.Parse("2001:db8::1"),
            AntiSpoof = false,
        };
        Assert.Equal(expected, options);
    }

    [Theory]
    [InlineData("0.0.0.0", null)]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::", "::")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    public void A_binding_to_all_IPv4_addresses_is_one_to_all_of_both_families_as_with_Docker(string value, string? binding)
    {
        Assert.True(BridgeOptions.TryParse(
            Samples.Network(("com.docker.network.bridge.host_binding_ipv4", value)), out BridgeOptions? options, out _));
        Assert.Equal(binding, options.HostBinding?.ToString());
    }

    [Fact]
    public void What_a_binding_takes_names_both_families()
    {
        Assert.False(BridgeOptions.TryParse(
            Samples.Network(("com.docker.network.bridge.host_binding_ipv4", "x")), out _, out IReadOnlyList<OptionProblem> problems));
        Assert.Contains("an IPv4 or IPv6 address", problems[0].Allowed, StringComparison.Ordinal);
        Assert.Contains(":: for all of IPv6", problems[0].Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void IPv6_raises_the_least_MTU()
    {
        Network network = Samples.Network(("com.docker.network.driver.mtu", "1279"));
        Assert.True(BridgeOptions.TryParse(network, out _, out _));
        Assert.False(BridgeOptions.TryParse(network with { EnableIPv6 = true }, out _, out _));
    }

    [Fact]
    public void Gateway_mode_isolated_is_for_internal_networks()
    {
        Network network = Samples.Network(
            ("com.docker.network.bridge.gateway_mode_ipv4", "isolated"), ("com.docker.network.bridge.gateway_mode_ipv6", "what"));
        Assert.False(BridgeOptions.TryParse(network, out _, out IReadOnlyList<OptionProblem> problems));
        Assert.Equal(
            ["gateway mode 'isolated' can only be used for an internal network", "unknown gateway mode what"], problems.Select(p => p.Why));
        Assert.True(BridgeOptions.TryParse(
            Samples.Network(("com.docker.network.bridge.gateway_mode_ipv4", "isolated")) with { Internal = true }, out _, out _));
    }

    [Fact]
    public void The_driver_names_every_problem_at_once()
    {
        CnmException error = Assert.Throws<CnmException>(() => new BridgeDriver().Open(
            Samples.Network(
                ("com.docker.network.driver.mtu", "9"), ("bridge.name", "x"), ("com.docker.network.bridge.enable_icc", "false")),
            Samples.Facts));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Equal(
            "network \"web\": the bridge driver cannot take 2 options: bridge.name=x: unknown option; allowed: " +
            "com.docker.network.bridge.name, "
            + "com.docker.network.driver.mtu, com.docker.network.bridge.enable_icc, com.docker.network.bridge.enable_ip_masquerade, "
            + "com.docker.network.bridge.host_binding_ipv4, com.docker.network.container_iface_prefix, " +
                "com.docker.network.bridge.gateway_mode_ipv4, "
            + "com.docker.network.bridge.gateway_mode_ipv6, com.docker.network.bridge.inhibit_ipv4, "
            + "com.docker.network.bridge.trusted_host_interfaces, com.docker.network.host_ipv4, com.docker.network.host_ipv6, " +
                "netctl.antispoof, netctl.port_isolation, netctl.no_default_route, netctl.metric, "
            + "com.docker.network.advertise_addr_nmsgs, com.docker.network.advertise_addr_ms | "
            + "com.docker.network.driver.mtu=9: is not an MTU; allowed: a number from 68 to 65535",
            error.Message);
    }
}
