using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Bridge;

namespace Net.Tests.Unit.Drivers;

public sealed class BridgeNetworkTests
{
    private static readonly OwnerId Owner = OwnerId.Of(Samples.NetworkId);

    [Fact]
    public void A_network_is_a_bridge_its_gateway_forwarding_and_a_policy()
    {
        Assert.Equal(
            new DesiredObject[]
            {
                new BridgeLink
                {
                    Owner = Owner,
                    Name = "br-0123456789ab",
                    MacAddress = MacAddress.Parse("02:42:cd:ef:00:00"),
                    Mtu = 1400,
                    IPv6 = false,
                },
                Setting("net/ipv6/conf/br-0123456789ab/accept_ra", "0"),
                Setting("net/ipv6/conf/br-0123456789ab/accept_redirects", "0"),
                Setting("net/ipv4/conf/br-0123456789ab/accept_redirects", "0"),
                Setting("net/ipv4/conf/br-0123456789ab/secure_redirects", "0"),
                Setting("net/ipv4/conf/br-0123456789ab/send_redirects", "0"),
                Setting("net/ipv4/conf/br-0123456789ab/route_localnet", "1"),
                new LinkAddress
                {
                    Owner = Owner,
                    Namespace = NamespaceRef.Host,
                    Link = "br-0123456789ab",
                    Address = InterfaceAddress.Parse("10.60.0.1/24"),
                },
                new SysctlObject
                {
                    Owner = OwnerId.Host,
                    Ownership = Ownership.Adopted,
                    Namespace = NamespaceRef.Host,
                    Path = "net/ipv4/ip_forward",
                    Value = "1",
                },
                new BridgePolicy { Owner = Owner, Bridge = "br-0123456789ab", IPv4 = IPNetwork.Parse("10.60.0.0/24") },
            },
            Open(Samples.Network()).Describe());
    }

    [Fact]
    public void With_IPv6_come_its_gateway_its_subnet_and_its_forwarding()
    {
        IReadOnlyList<DesiredObject> all = Open(Samples.DualStack()).Describe();
        Assert.True(all.OfType<BridgeLink>().Single().IPv6);
        Assert.Contains(all.OfType<LinkAddress>(), a => a.Address == InterfaceAddress.Parse("fd00:60::1/64"));
        Assert.Equal(IPNetwork.Parse("fd00:60::/64"), all.OfType<BridgePolicy>().Single().IPv6);
        Assert.Equal(
            ["net/ipv4/ip_forward", "net/ipv6/conf/all/forwarding", "net/ipv6/conf/default/forwarding"],
            all.OfType<SysctlObject>().Where(s => s.Owner == OwnerId.Host && s.Ownership == Ownership.Adopted).Select(s => s.Path));
    }

    [Fact]
    public void Two_networks_want_the_same_host_settings_to_the_last_property()
    {
        Network other = Samples.DualStack() with { Id = Net.Cnm.Identifiers.NetworkId.New() };
        DesiredObject[] settings =
        [
            .. Open(Samples.Network()).Describe().Concat(Open(other).Describe()).Where(o => o.Owner == OwnerId.Host),
        ];
        Assert.Equal(4, settings.Length);
        Assert.Equal(3, settings.Distinct().Count());
        Assert.Equal(3, settings.DistinctBy(o => o.Key).Count());
    }

    [Fact]
    public void An_internal_network_does_not_turn_forwarding_on()
    {
        IReadOnlyList<DesiredObject> all = Open(Samples.Network() with { Internal = true }).Describe();
        Assert.DoesNotContain(all, o => o.Owner == OwnerId.Host);
        Assert.True(all.OfType<BridgePolicy>().Single().Internal);
    }

    [Fact]
    public void Options_reach_what_they_are_about()
    {
        BridgeNetwork network = Open(Samples.Network(
            ("com.docker.network.bridge.name", "lab.0"),
            ("com.docker.network.driver.mtu", "9000"),
            ("com.docker.network.bridge.enable_icc", "false"),
            ("com.docker.network.bridge.enable_ip_masquerade", "0"),
            ("com.docker.network.bridge.host_binding_ipv4", "127.0.0.1"),
            ("com.docker.network.container_iface_prefix", "net")));
        IReadOnlyList<DesiredObject> all = network.Describe();
        Assert.Equal(("lab.0", 9000), (network.LinkName, all.OfType<BridgeLink>().Single().Mtu));
        Assert.Contains(all.OfType<SysctlObject>(), s => s.Path == "net/ipv6/conf/lab.0/accept_ra");
        BridgePolicy policy = all.OfType<BridgePolicy>().Single();
        Assert.False(policy.InterContainer);
        Assert.False(policy.Masquerade);
        Assert.Equal((IPAddress.Loopback, "net"), (network.HostBinding, network.InterfacePrefix));
    }

    [Fact]
    public void The_default_network_has_a_bridge_with_a_name_of_its_own() =>
        Assert.Equal("netctl0", Open(Samples.Network() with { IsPredefined = true }).LinkName);

    [Theory]
    [InlineData(null, false, null)]
    [InlineData(1400, false, 1400)]
    [InlineData(65536, false, 65535)]
    [InlineData(576, false, 576)]
    [InlineData(576, true, 1280)]
    public void The_MTU_is_that_of_the_way_out_within_what_links_and_IPv6_allow(int? egress, bool ipv6, int? expected)
    {
        Network network = ipv6 ? Samples.DualStack() : Samples.Network();
        BridgeNetwork opened = Open(network with { EgressMtu = egress });
        Assert.Equal(expected, opened.Describe().OfType<BridgeLink>().Single().Mtu);
    }

    [Theory]
    [InlineData(1200, true, true)]
    [InlineData(1200, false, false)]
    [InlineData(1280, true, false)]
    [InlineData(null, true, false)]
    public void Who_asks_for_IPv6_where_the_way_out_is_too_small_for_it_is_told_what_it_needs(int? egress, bool ipv6, bool told)
    {
        Network network = (ipv6 ? Samples.DualStack() : Samples.Network()) with { EgressMtu = egress };
        Assert.Equal(told, BridgeWarnings.Of(network)?.Contains("IPv6 needs an MTU of 1280", StringComparison.Ordinal) == true);
        Network chosen =
            network with { Options = new Dictionary<string, string> { ["com.docker.network.driver.mtu"] = "1400" } };
        Assert.Null(BridgeWarnings.Of(chosen));
    }

    [Fact]
    public void Settings_of_IPv6_are_described_only_where_the_MTU_leaves_IPv6()
    {
        Assert.DoesNotContain(SettingsAt(1279), path => path.StartsWith("net/ipv6/conf/br-", StringComparison.Ordinal));
        Assert.Contains(SettingsAt(1280), path => path.StartsWith("net/ipv6/conf/br-", StringComparison.Ordinal));

        static IEnumerable<string> SettingsAt(int mtu) =>
            Open(Samples.Network() with { EgressMtu = mtu }).Describe().OfType<SysctlObject>().Select(setting => setting.Path);
    }

    [Fact]
    public void A_kernel_without_IPv6_gets_no_IPv6_settings_and_no_IPv6_network()
    {
        IDriverNetwork opened = new BridgeDriver().Open(Samples.Network(), Samples.Facts with { IPv6Available = false });
        Assert.DoesNotContain(opened.Describe().OfType<SysctlObject>(), s => s.Path.StartsWith("net/ipv6", StringComparison.Ordinal));

        CnmException error =
            Assert.Throws<CnmException>(() => new BridgeDriver().Open(Samples.DualStack(), Samples.Facts with { IPv6Available = false }));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
    }

    [Fact]
    public void A_second_subnet_of_one_family_is_refused()
    {
        Network network =
            Samples.Network() with { Pools = [Samples.Pool("10.1.0.0/24", "10.1.0.1"), Samples.Pool("10.2.0.0/24", "10.2.0.1")] };
        Assert.Equal(
            "network \"web\": a bridge has one IPv4 subnet and 2 were asked for; create another network for the others",
            Assert.Throws<CnmException>(() => Open(network)).Message);
    }

    [Fact]
    public void The_policy_says_all_that_the_firewall_needs_to_know()
    {
        IReadOnlyList<DesiredObject> all = Open(Samples.DualStack() with
        {
            Options = Samples.Network(
                ("com.docker.network.bridge.gateway_mode_ipv4", "nat-unprotected"),
                ("com.docker.network.bridge.gateway_mode_ipv6", "routed"),
                ("com.docker.network.bridge.trusted_host_interfaces", "eth0:eth1"),
                ("com.docker.network.host_ipv4", "192.0.2.1"),
                ("com.docker.network.host_ipv6", "2001:db8::1")).Options,
        }).Describe();
        Assert.Equal(
            new BridgePolicy
            {
                Owner = Owner,
                Bridge = "br-0123456789ab",
                IPv4 = IPNetwork.Parse("10.60.0.0/24"),
                IPv6 = IPNetwork.Parse("fd00:60::/64"),
                GatewayModeIPv4 = GatewayMode.NatUnprotected,
                GatewayModeIPv6 = GatewayMode.Routed,
                SourceIPv4 = IPAddress.Parse("192.0.2.1"),
                SourceIPv6 = IPAddress.Parse("2001:db8::1"),
            },
            all.OfType<BridgePolicy>().Single());
        Assert.Equal(["eth0", "eth1"], all.OfType<TrustedLink>().Select(t => t.Link));
    }

    [Theory]
    [InlineData("nat", false, true)]
    [InlineData("nat-unprotected", false, true)]
    [InlineData("routed", false, false)]
    [InlineData("nat", true, false)]
    [InlineData("isolated", true, false)]
    public void Loopback_addresses_are_routed_only_where_there_is_NAT(string mode, bool isInternal, bool routes)
    {
        BridgeNetwork network = Open(Samples.Network(("com.docker.network.bridge.gateway_mode_ipv4", mode)) with { Internal = isInternal });
        Assert.Equal(
            routes, network.Describe().OfType<SysctlObject>().Any(s => s.Path.EndsWith("route_localnet", StringComparison.Ordinal)));
        Assert.Equal(mode == "routed", network.IsRouted(ipv6: false));
        Assert.False(network.IsRouted(ipv6: true));
    }

    [Fact]
    public void An_isolated_bridge_has_no_address_and_no_IPv6_of_its_own()
    {
        IReadOnlyList<DesiredObject> all = Open(Samples.DualStack() with
        {
            Internal = true,
            Options = new Dictionary<string, string>
            {
                ["com.docker.network.bridge.gateway_mode_ipv4"] = "isolated",
                ["com.docker.network.bridge.gateway_mode_ipv6"] = "isolated",
            },
        }).Describe();
        Assert.Empty(all.OfType<LinkAddress>());
        Assert.False(all.OfType<BridgeLink>().Single().IPv6);
    }

    [Fact]
    public void Where_another_machine_is_the_gateway_the_bridge_has_no_IPv4_address()
    {
        Network network =
            Samples.DualStack() with { Options = new Dictionary<string, string> { ["com.docker.network.bridge.inhibit_ipv4"] = "true" } };
        Assert.Equal(["fd00:60::1/64"], Open(network).Describe().OfType<LinkAddress>().Select(a => a.Address.ToString()));
    }

    [Theory]
    [InlineData(ForwardingState.On, ForwardingState.On, false, "")]
    [InlineData(ForwardingState.Off, ForwardingState.Off, false, "ipv4")]
    [InlineData(ForwardingState.Off, ForwardingState.Off, true, "ipv4 ipv6")]
    [InlineData(ForwardingState.OnByUs, ForwardingState.OnByUs, false, "ipv4 ipv6")]
    [InlineData(ForwardingState.On, ForwardingState.OnByUs, true, "ipv6")]
    public void Forwarding_that_we_turn_on_is_guarded_before_it_is_on(
        ForwardingState ipv4, ForwardingState ipv6, bool dualStack, string guarded)
    {
        HostFacts facts = Samples.Facts with { IPv4Forwarding = ipv4, IPv6Forwarding = ipv6 };
        ForwardingGuard[] guards =
            [.. new BridgeDriver().Open(dualStack ? Samples.DualStack() : Samples.Network(), facts).Describe().OfType<ForwardingGuard>()];
        Assert.Equal(guarded, string.Join(' ', guards.Select(g => g.IPv6 ? "ipv6" : "ipv4")));
        Assert.All(guards, guard => Assert.Equal((OwnerId.Host, Ownership.Adopted), (guard.Owner, guard.Ownership)));
        Assert.Empty(new BridgeDriver().Open(Samples.Network() with { Internal = true }, facts).Describe().OfType<ForwardingGuard>());
    }

    private static SysctlObject Setting(string path, string value) =>
        new() { Owner = Owner, Namespace = NamespaceRef.Host, Path = path, Value = value, Link = "br-0123456789ab" };

    private static BridgeNetwork Open(Network network) => (BridgeNetwork)new BridgeDriver().Open(network, Samples.Facts);
}
