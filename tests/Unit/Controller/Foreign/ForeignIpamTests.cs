using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller.Foreign;

/// <summary>The IPAM driver that Docker Engine has in the controller.</summary>
public sealed class ForeignIpamTests
{
    private static readonly IPNetwork Subnet = IPNetwork.Parse("10.77.0.0/24");

    [Fact]
    public async Task Any_subnet_is_another_one_each_time_and_never_that_of_a_network()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        var any = new ForeignPoolRequest(IPv6: false, Subnet: null, Range: null);
        ForeignPool one = await test.Controller.ForeignIpam.RequestPoolAsync(any);
        ForeignPool two = await test.Controller.ForeignIpam.RequestPoolAsync(any);
        NetworkCreated own = await test.Controller.CreateNetwork(new NetworkCreateRequest { Name = "own" }).RunAsync(default);
        Assert.Equal(3, new[] { one.Pool.Subnet, two.Pool.Subnet, own.Network.Pools[0].Subnet }.Distinct().Count());

        CnmException taken = await Assert.ThrowsAsync<CnmException>(() => test.Controller.ForeignIpam.RequestPoolAsync(
            any with { Subnet = own.Network.Pools[0].Subnet }));
        Assert.Equal(CnmErrorKind.Conflict, taken.Kind);
        await test.Controller.ForeignIpam.ReleasePoolAsync(one.Id);
        await test.Controller.ForeignIpam.ReleasePoolAsync(one.Id);
        Assert.Equal(one.Pool.Subnet, (await test.Controller.ForeignIpam.RequestPoolAsync(any)).Pool.Subnet);
    }

    [Fact]
    public async Task The_same_subnet_is_one_pool_until_it_is_released_as_often_as_it_was_reserved()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        var request = new ForeignPoolRequest(IPv6: false, Subnet, Range: null);
        string id = (await test.Controller.ForeignIpam.RequestPoolAsync(request)).Id;
        Assert.Equal(id, (await test.Controller.ForeignIpam.RequestPoolAsync(request)).Id);
        await test.Controller.ForeignIpam.ReleasePoolAsync(id);
        Assert.Equal("10.77.0.1/24", (await AskAsync(test, id, isGateway: true)).ToString());
        await test.Controller.ForeignIpam.ReleasePoolAsync(id);
        Assert.Equal(CnmErrorKind.NotFound, (await Assert.ThrowsAsync<CnmException>(() => AskAsync(test, id))).Kind);
    }

    [Fact]
    public async Task Addresses_are_assigned_once_and_outlast_the_daemon()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string id = (await test.Controller.ForeignIpam.RequestPoolAsync(new ForeignPoolRequest(IPv6: false, Subnet, Range: null))).Id;
        Assert.Equal("10.77.0.1/24", (await AskAsync(test, id, isGateway: true)).ToString());
        Assert.Equal("10.77.0.1/24", (await AskAsync(test, id, isGateway: true)).ToString());
        Assert.Equal("10.77.0.2/24", (await AskAsync(test, id)).ToString());
        Assert.Equal("10.77.0.44/24", (await AskAsync(test, id, "10.77.0.44")).ToString());

        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        foreach (string taken in (string[])["10.77.0.1", "10.77.0.2", "10.77.0.44"])
        {
            CnmException error = await Assert.ThrowsAsync<CnmException>(() => AskAsync(test, id, taken));
            Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        }

        await test.Controller.ForeignIpam.ReleaseAddressAsync(id, IPAddress.Parse("10.77.0.44"));
        await test.Controller.ForeignIpam.ReleaseAddressAsync(id, IPAddress.Parse("10.77.0.44"));
        Assert.Equal("10.77.0.44/24", (await AskAsync(test, id, "10.77.0.44")).ToString());
    }

    [Fact]
    public async Task A_network_stands_on_its_reserved_subnet_and_keeps_it_until_it_is_removed()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string id = (await test.Controller.ForeignIpam.RequestPoolAsync(new ForeignPoolRequest(IPv6: false, Subnet, Range: null))).Id;
        var network = new ForeignNetworkRequest
        {
            Id = NetworkId.New(),
            Subnets = [SubnetRequest.Parse("10.77.0.0/24", range: null, "10.77.0.1", auxiliaryAddresses: null)],
        };
        await test.Controller.Foreign.CreateNetworkAsync(network);
        CnmException second = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.Foreign.CreateNetworkAsync(network with { Id = NetworkId.New() }));
        Assert.Equal(CnmErrorKind.Conflict, second.Kind);

        // Docker Engine releases the subnet before it removes the network.
        var own = new NetworkCreateRequest { Name = "own", Subnets = network.Subnets };
        await test.Controller.ForeignIpam.ReleasePoolAsync(id);
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.CreateNetwork(own).RunAsync(default));
        await test.Controller.Foreign.RemoveNetworkAsync(network.Id);
        await test.Controller.CreateNetwork(own).RunAsync(default);
    }

    [Fact]
    public async Task A_range_needs_its_subnet()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.ForeignIpam.RequestPoolAsync(
            new ForeignPoolRequest(IPv6: false, Subnet: null, IPNetwork.Parse("10.77.0.128/25"))));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
    }

    private static Task<InterfaceAddress> AskAsync(
        ControllerUnderTest test, string pool, string? address = null, bool isGateway = false) =>
        test.Controller.ForeignIpam.RequestAddressAsync(pool, address is null ? null : IPAddress.Parse(address), isGateway);
}
