using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>What is planned for a network on a bridge of another program.</summary>
public sealed class AdoptedBridgeTests
{
    [Fact]
    public async Task Subnet_and_gateway_are_those_of_the_bridges_first_address_and_none_of_its_addresses_is_assigned()
    {
        await using ControllerUnderTest test = await StartAsync("10.5.0.1/24", "10.5.0.2/24");
        Network network = await CreateAsync(test);
        AddressPool pool = Assert.Single(network.Pools);
        Assert.Equal(("10.5.0.0/24", "10.5.0.1", true), (pool.Subnet.ToString(), pool.Gateway!.ToString(), pool.GatewayIsAdopted));
        Assert.True(network.AdoptsLink);
        Assert.Equal(1450, network.EgressMtu);
        await test.RunAsync("a", "net");
        Assert.Equal("10.5.0.3/24", test.Controller.EndpointsOf(test.Controller.FindSandbox("a").Id)[0].IPv4!.ToString());
        Assert.DoesNotContain(test.Engine.Kernel.Values, o => o is BridgeLink { Name: "br0" } or LinkAddress { Link: "br0" });
        VethPair veth = Assert.Single(test.Engine.Kernel.Values.OfType<VethPair>());
        Assert.Equal((true, 1450), (veth.BridgeIsAdopted, veth.Mtu));
    }

    [Fact]
    public async Task It_stays_adopted_when_the_bridge_has_gone()
    {
        await using ControllerUnderTest test = await StartAsync("10.5.0.1/24");
        await CreateAsync(test);
        test.Engine.Facts = test.Engine.Facts with { ForeignBridges = [], ForeignAddresses = [], ForeignLinks = new HashSet<string>() };
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Single(test.Engine.Kernel.Values.OfType<AdoptedBridge>());
        Assert.DoesNotContain(test.Engine.Kernel.Values, o => o is BridgeLink { Name: "br0" });
    }

    [Fact]
    public async Task Bridge_without_an_address_needs_a_subnet()
    {
        await using ControllerUnderTest test = await StartAsync();
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => CreateAsync(test));
        Assert.Contains("bridge br0 has no IPv4 address that says which subnet is on it", error.Message, StringComparison.Ordinal);
        Network network = await CreateAsync(test, "10.6.0.0/24");
        Assert.False(network.Pools[0].GatewayIsAdopted);
        LinkAddress gateway = Assert.Single(test.Engine.Kernel.Values.OfType<LinkAddress>(), address => address.Link == "br0");
        Assert.Equal(("10.6.0.1/24", true), (gateway.Address.ToString(), gateway.LinkIsAdopted));
    }

    [Fact]
    public async Task Link_of_another_kind_is_not_adopted()
    {
        await using ControllerUnderTest test = await StartAsync("10.5.0.1/24");
        test.Engine.Facts = test.Engine.Facts with { ForeignBridges = [] };
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => CreateAsync(test, "10.6.0.0/24"));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Contains("name br0 is already used by a device this daemon did not create", error.Message, StringComparison.Ordinal);
    }

    private static async Task<ControllerUnderTest> StartAsync(params string[] addresses)
    {
        ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Engine.Facts = test.Engine.Facts with
        {
            ForeignLinks = new HashSet<string> { "br0" },
            ForeignBridges = [new HostBridge("br0", 1450)],
            ForeignAddresses = [.. addresses.Select(address => new HostAddress("br0", InterfaceAddress.Parse(address)))],
            Routes = [.. addresses.Take(1).Select(address => new HostRoute(InterfaceAddress.Parse(address).Subnet, "br0"))],
        };
        return test;
    }

    private static async Task<Network> CreateAsync(ControllerUnderTest test, string? subnet = null) =>
        (await test.Controller.CreateNetwork(new NetworkCreateRequest
        {
            Name = "net",
            Options = new Dictionary<string, string> { ["com.docker.network.bridge.name"] = "br0" },
            Subnets = subnet is null ? [] : [SubnetRequest.Parse(subnet, null, null, null)],
        }).RunAsync(default)).Network;
}
