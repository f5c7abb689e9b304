using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>What can be asked for an endpoint: addresses, interface name, settings and priority.</summary>
public sealed class EndpointOptionTests
{
    private const string Settings = EndpointOptions.SettingsKey;

    private static readonly MacAddress Mac = MacAddress.Parse("02:00:00:00:00:07");

    [Fact]
    public async Task Ethernet_address_of_another_container_on_the_network_is_refused_also_when_that_one_has_exited()
    {
        await using ControllerUnderTest test = await TwoNetworksAsync();
        await test.RunAsync("a");
        await ConnectAsync(test, "a", "front", new EndpointRequest { Network = "front", MacAddress = Mac });
        await test.Controller.StopSandbox("a", TimeSpan.Zero, signal: null).RunAsync(default);
        await test.CreateAsync("b");

        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => ConnectAsync(test, "b", "front", new EndpointRequest { Network = "front", MacAddress = Mac }));

        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Equal(
            $"MAC address {Mac} is already in use on network front, by container a; choose another, or none to have one chosen",
            error.Message);
        Endpoint elsewhere = await ConnectAsync(test, "b", "back", new EndpointRequest { Network = "back", MacAddress = Mac });
        Assert.Equal(Mac, elsewhere.MacAddress);
    }

    [Fact]
    public async Task Interfaces_are_named_anew_at_each_start_but_for_those_that_the_user_named()
    {
        await using ControllerUnderTest test = await TwoNetworksAsync();
        await test.RunAsync("a");
        var named = new Dictionary<string, string> { [EndpointOptions.InterfaceNameKey] = "eth7" };
        await ConnectAsync(test, "a", "front", new EndpointRequest { Network = "front", DriverOptions = named });
        await ConnectAsync(test, "a", "back", new EndpointRequest { Network = "back" });
        Assert.Equal(["eth0", "eth7", "eth2"], Names());
        await test.Controller.Disconnect("bridge", "a").RunAsync(default);
        await test.Controller.RestartSandboxAsync("a", TimeSpan.Zero, signal: null);
        Assert.Equal(["eth7", "eth1"], Names());

        IEnumerable<string> Names() =>
            test.Controller.EndpointsOf(test.Controller.FindSandbox("a").Id).Select(endpoint => endpoint.InterfaceName);
    }

    [Fact]
    public async Task An_exited_container_gets_its_address_again_unless_somebody_else_has_it()
    {
        await using ControllerUnderTest test = await TwoNetworksAsync();
        await test.RunAsync("a", "front");
        await test.RunAsync("b", "front");
        IPAddress first = AddressOf(test, "a");
        await test.Controller.StopSandbox("a", TimeSpan.Zero, signal: null).RunAsync(default);
        await test.CreateAsync("c", "front");
        Assert.NotEqual(first, AddressOf(test, "c"));
        await test.Controller.StartSandbox("a", attach: false).RunAsync(default);
        Assert.Equal(first, AddressOf(test, "a"));

        await test.Controller.StopSandbox("a", TimeSpan.Zero, signal: null).RunAsync(default);
        await test.CreateAsync("d");
        await ConnectAsync(test, "d", "front", new EndpointRequest { Network = "front", IPv4 = first });
        await test.Controller.StartSandbox("a", attach: false).RunAsync(default);
        Assert.NotEqual(first, AddressOf(test, "a"));
    }

    [Fact]
    public async Task An_address_outside_the_subnet_is_refused_in_Dockers_words()
    {
        await using ControllerUnderTest test = await TwoNetworksAsync();
        await test.CreateAsync("a");
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => ConnectAsync(test, "a", "front", new EndpointRequest { Network = "front", IPv4 = IPAddress.Parse("8.8.8.8") }));
        Assert.Contains(
            "invalid endpoint settings: no configured subnet contains IP address 8.8.8.8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_local_addresses_are_on_the_interface_and_the_container_may_send_from_them()
    {
        await using ControllerUnderTest test = await TwoNetworksAsync();
        await test.CreateAsync("a");
        IPAddress[] addresses = [IPAddress.Parse("169.254.8.8"), IPAddress.Parse("fe80::8")];
        await ConnectAsync(test, "a", "front", new EndpointRequest { Network = "front", LinkLocalAddresses = addresses });

        Assert.Equal("169.254.8.8/16", test.Object<LinkAddress>("address:a:eth1:169.254.8.8/16").Address.ToString());
        Assert.Equal("fe80::8/64", test.Object<LinkAddress>("address:a:eth1:fe80::8/64").Address.ToString());
        Assert.True(Assert.Single(test.Engine.Kernel.Values.OfType<VethPair>(), veth => veth.PeerName == "eth1").PeerIPv6);
        Assert.Equal(addresses,
            test.Engine.Kernel.Values.OfType<AddressPolicy>().Select(policy => policy.Address).OrderBy(a => a.AddressFamily));
        await test.CreateAsync("b");
        await Assert.ThrowsAsync<CnmException>(
            () => ConnectAsync(test, "b", "front", new EndpointRequest { Network = "front", LinkLocalAddresses = addresses[..1] }));
        await Assert.ThrowsAsync<CnmException>(() => ConnectAsync(
            test, "b", "front", new EndpointRequest { Network = "front", LinkLocalAddresses = [IPAddress.Parse("10.0.0.1")] }));
    }

    [Fact]
    public async Task Interface_name_and_settings_are_those_that_were_asked_for_also_over_the_drivers_own()
    {
        await using ControllerUnderTest test = await TwoNetworksAsync(ipv6: true);
        await test.CreateAsync("a");
        var options = new Dictionary<string, string>
        {
            [EndpointOptions.InterfaceNameKey] = "eth2",
            [Settings] = "net.ipv4.conf.IFNAME.log_martians=1,net.ipv6.conf.IFNAME.accept_ra=2",
        };
        Endpoint named = await ConnectAsync(test, "a", "front", new EndpointRequest { Network = "front", DriverOptions = options });
        Assert.Equal("eth2", named.InterfaceName);
        Assert.Equal("1", test.Object<SysctlObject>("sysctl:a:net/ipv4/conf/eth2/log_martians").Value);
        Assert.Equal("2", test.Object<SysctlObject>("sysctl:a:net/ipv6/conf/eth2/accept_ra").Value);
        Endpoint next = await ConnectAsync(test, "a", "back", new EndpointRequest { Network = "back" });
        Assert.Equal("eth3", next.InterfaceName);
        CnmException taken = await Assert.ThrowsAsync<CnmException>(
            () => ConnectAsync(test, "a", "third", new EndpointRequest { Network = "third", DriverOptions = options }));
        Assert.Equal(CnmErrorKind.Conflict, taken.Kind);
    }

    [Theory]
    [InlineData("com.example.other", "1", "unknown driver option \"com.example.other\" of an endpoint")]
    [InlineData(Settings, "net.ipv4.conf.eth0.log_martians=1", "unrecognised network interface sysctl 'net.ipv4.conf.eth0.log_martians'")]
    [InlineData(Settings, "net.core.IFNAME=1", "unrecognised network interface sysctl 'net.core.IFNAME'")]
    [InlineData(Settings, "net.ipv4.conf.IFNAME.../../x=1", "unrecognised network interface sysctl")]
    [InlineData(Settings, "net.ipv4.conf.IFNAME.log_martians", "has no value that can be written")]
    [InlineData(Settings, "net.ipv6.conf.IFNAME.disable_ipv6=1", "cannot be set")]
    [InlineData(EndpointOptions.InterfaceNameKey, "lo", "invalid interface name \"lo\"")]
    [InlineData(EndpointOptions.InterfaceNameKey, "sixteen-letters-x", "invalid interface name")]
    [InlineData(EndpointOptions.InterfaceNameKey, "a/b", "invalid interface name")]
    public void Other_options_and_settings_are_refused(string key, string value, string message)
    {
        CnmException error = Assert.Throws<CnmException>(
            () => EndpointOptions.Parse(new Dictionary<string, string> { [key] = value }).RequireKnown());
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Default_route_leads_through_the_highest_priority_and_of_equals_through_the_first()
    {
        await using ControllerUnderTest test = await TwoNetworksAsync();
        await test.NetworkAsync("inside", isInternal: true);
        await test.CreateAsync("a", "front");
        await ConnectAsync(test, "a", "back", new EndpointRequest { Network = "back" });
        Assert.Equal("eth0", DefaultLink(test));
        await ConnectAsync(test, "a", "third", new EndpointRequest { Network = "third", GatewayPriority = 5 });
        Assert.Equal("eth2", DefaultLink(test));
        await ConnectAsync(test, "a", "inside", new EndpointRequest { Network = "inside", GatewayPriority = 9 });
        Assert.Equal("eth2", DefaultLink(test));
        await test.Controller.Disconnect("third", "a").RunAsync(default);
        Assert.Equal("eth0", DefaultLink(test));
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Equal(9, test.Controller.EndpointsOf(test.Controller.FindSandbox("a").Id)[2].GatewayPriority);
    }

    private static string DefaultLink(ControllerUnderTest test) => test.Object<RouteObject>("route:a:0.0.0.0/0").Link;

    private static IPAddress AddressOf(ControllerUnderTest test, string name) =>
        test.Controller.EndpointsOf(test.Controller.FindSandbox(name).Id)[0].IPv4!.Address;

    private static Task<Endpoint> ConnectAsync(ControllerUnderTest test, string sandbox, string network, EndpointRequest request) =>
        test.Controller.Connect(new ConnectRequest { Sandbox = sandbox, Endpoint = request with { Network = network } }).RunAsync(default);

    private static async Task<ControllerUnderTest> TwoNetworksAsync(bool ipv6 = false)
    {
        ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        foreach (string name in (string[])["front", "back", "third"])
        {
            await test.NetworkAsync(name, ipv6);
        }

        return test;
    }
}
