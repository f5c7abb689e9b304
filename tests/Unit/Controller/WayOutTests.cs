using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>Networks by which a container leaves without a gateway, or not at all.</summary>
public sealed class WayOutTests
{
    [Fact]
    public async Task Layer_3_network_has_no_gateway_and_the_default_route_is_the_interface()
    {
        await using ControllerUnderTest test = await StartAsync();
        Network network = await CreateAsync(test, ("parent", "lan"), ("ipvlan_mode", "l3"));
        Assert.Null(Assert.Single(network.Pools).Gateway);
        await test.RunAsync("a", "net");
        RouteObject route = test.Object<RouteObject>("route:a:0.0.0.0/0");
        Assert.Null(route.Gateway);
        Assert.Equal("eth0", route.Link);
        Assert.Equal("10.9.0.1", test.Controller.EndpointsOf(test.Controller.FindSandbox("a").Id)[0].IPv4!.Address.ToString());
    }

    [Fact]
    public async Task Internal_layer_3_network_has_no_default_route()
    {
        await using ControllerUnderTest test = await StartAsync();
        await CreateAsync(test, isInternal: true, ("parent", "lan"), ("ipvlan_mode", "l3"));
        await test.RunAsync("a", "net");
        Assert.DoesNotContain(test.Engine.Kernel.Values, o => o is RouteObject);
    }

    [Fact]
    public async Task Network_without_a_parent_has_no_default_route()
    {
        await using ControllerUnderTest test = await StartAsync();
        await CreateAsync(test);
        await test.RunAsync("a", "net");
        Assert.DoesNotContain(test.Engine.Kernel.Values, o => o is RouteObject);
    }

    [Fact]
    public async Task Parent_of_an_ipvlan_network_is_not_given_to_a_second_one()
    {
        await using ControllerUnderTest test = await StartAsync();
        await CreateAsync(test, ("parent", "lan"));
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.CreateNetwork(Request("other", isInternal: false, [("parent", "lan")])).RunAsync(default));
        Assert.Contains("conflicts with network net: both need the link lan", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ethernet_address_cannot_be_asked_for_where_it_is_the_parents()
    {
        await using ControllerUnderTest test = await StartAsync();
        await CreateAsync(test, ("parent", "lan"));
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.CreateSandbox(new SandboxCreateRequest
        {
            Name = "a",
            Networks = [new EndpointRequest { Network = "net", MacAddress = MacAddress.Parse("02:00:00:00:00:01") }],
        }).RunAsync(default));
        Assert.Contains("leave --mac-address out", error.Message, StringComparison.Ordinal);
    }

    private static async Task<ControllerUnderTest> StartAsync()
    {
        ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Engine.Facts = test.Engine.Facts with { ForeignLinks = new HashSet<string> { "lan" } };
        return test;
    }

    private static Task<Network> CreateAsync(ControllerUnderTest test, params (string Key, string Value)[] options) =>
        CreateAsync(test, isInternal: false, options);

    private static async Task<Network> CreateAsync(
        ControllerUnderTest test, bool isInternal, params (string Key, string Value)[] options) =>
        (await test.Controller.CreateNetwork(Request("net", isInternal, options)).RunAsync(default)).Network;

    private static NetworkCreateRequest Request(string name, bool isInternal, (string Key, string Value)[] options) => new()
    {
        Name = name,
        Driver = "ipvlan",
        Internal = isInternal,
        Options = options.ToDictionary(option => option.Key, option => option.Value),
        Subnets = [SubnetRequest.Parse(name == "net" ? "10.9.0.0/24" : "10.8.0.0/24", null, null, null)],
    };
}
