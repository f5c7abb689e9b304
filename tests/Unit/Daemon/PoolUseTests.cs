using System.Net;
using Net.Api.Networks;
using Net.Cnm.Networks;
using Net.Daemon.Http.Views;
using Net.Tests.Unit.Drivers;

namespace Net.Tests.Unit.Daemon;

public sealed class PoolUseTests
{
    [Theory]
    [InlineData("10.0.0.0/16", null, "10.0.0.1", 3, 65533)]
    [InlineData("10.0.0.0/16", "10.0.4.0/24", "10.0.0.1", 3, 256)]
    [InlineData("10.0.0.0/24", "10.0.0.0/25", "10.0.0.1", 3, 126)]
    [InlineData("10.0.0.0/31", null, "10.0.0.0", 1, 1)]
    [InlineData("fd00::/64", null, "fd00::1", 2, ulong.MaxValue - 1)]
    [InlineData("fd00::/48", null, "fd00::1", 2, ulong.MaxValue)]
    public void Empty_pool(string subnet, string? range, string gateway, ulong used, ulong available) =>
        Assert.Equal((used, available), Of(Pool(subnet, gateway) with { Range = range is null ? null : IPNetwork.Parse(range) }));

    [Fact]
    public void Endpoints_and_auxiliary_and_host_addresses_count_once_each()
    {
        AddressPool pool = Pool("10.60.0.0/24", "10.60.0.1") with
        {
            AuxiliaryAddresses = new Dictionary<string, IPAddress> { ["printer"] = IPAddress.Parse("10.60.0.9") },
            HostAddresses = [IPAddress.Parse("10.60.0.1"), IPAddress.Parse("10.60.0.8")],
        };
        NetworkStatus status = PoolUse.Of(Samples.Network() with { Pools = [pool] }, [Samples.Endpoint()]);
        NetworkSubnetStatus subnet = Assert.Single(status.IPAM.Subnets).Value;
        Assert.Equal((6UL, 250UL), (subnet.IPsInUse, subnet.DynamicIPsAvailable));
    }

    private static AddressPool Pool(string subnet, string gateway) => Samples.Pool(subnet, gateway);

    private static (ulong, ulong) Of(AddressPool pool)
    {
        NetworkSubnetStatus subnet = Assert.Single(PoolUse.Of(Samples.Network() with { Pools = [pool] }, []).IPAM.Subnets).Value;
        return (subnet.IPsInUse, subnet.DynamicIPsAvailable);
    }
}
