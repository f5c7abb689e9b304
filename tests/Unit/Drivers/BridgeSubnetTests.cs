using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Drivers.Bridge;

namespace Net.Tests.Unit.Drivers;

public sealed class BridgeSubnetTests
{
    [Theory]
    [InlineData("10.60.0.0/24")]
    [InlineData("10.60.0.64/26")]
    [InlineData("10.0.0.0/8")]
    [InlineData("fd00:60::/64")]
    public void A_subnet_that_the_host_is_on_is_refused_with_the_link(string connected)
    {
        CnmException error = Assert.Throws<CnmException>(() => Check(new HostRoute(IPNetwork.Parse(connected), "eth0")));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Contains(
            $"overlaps {connected}, which the host is on by eth0; choose another with --subnet", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.60.0.0/24")]
    [InlineData("10.60.0.64/26")]
    [InlineData("fd00:60::1/128")]
    public void A_route_by_a_gateway_that_is_equal_or_inside_is_a_warning_with_its_name(string destination)
    {
        var route = new HostRoute(IPNetwork.Parse(destination), "eth0", IPAddress.Parse("192.0.2.254"));
        Assert.Contains(
            $"the host's route {destination} via 192.0.2.254 dev eth0", Assert.Single(Check(route)), StringComparison.Ordinal);
        string toNowhere = Assert.Single(Check(new HostRoute(route.Destination)));
        Assert.Contains($"the host's route {destination},", toNowhere, StringComparison.Ordinal);
    }

    [Fact]
    public void Less_specific_routes_by_a_gateway_default_routes_and_routes_beside_are_nothing() => Assert.Empty(Check(
        new HostRoute(IPNetwork.Parse("10.0.0.0/8"), "eth0", IPAddress.Parse("192.0.2.254")),
        new HostRoute(IPNetwork.Parse("fd00::/8")),
        new HostRoute(IPNetwork.Parse("0.0.0.0/0"), "tun0"),
        new HostRoute(IPNetwork.Parse("0.0.0.0/1"), "tun0"),
        new HostRoute(IPNetwork.Parse("::/1"), "tun0"),
        new HostRoute(IPNetwork.Parse("10.60.1.0/24"), "eth0")));

    private static IReadOnlyList<string> Check(params HostRoute[] routes) =>
        new BridgeDriver().Open(Samples.DualStack(), new HostFacts { Routes = routes }).CheckNew();
}
