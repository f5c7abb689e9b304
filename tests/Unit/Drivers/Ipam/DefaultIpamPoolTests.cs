using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Drivers.Ipam.Default;

namespace Net.Tests.Unit.Drivers.Ipam;

public sealed class DefaultIpamPoolTests
{
    private readonly DefaultIpam _ipam = new("host");

    [Fact]
    public async Task There_are_1024_networks_beginning_with_172_17_and_the_next_one_is_refused()
    {
        var subnets = new HashSet<IPNetwork>();
        for (int i = 0; i < 1024; i++)
        {
            Assert.True(subnets.Add((await Any()).Subnet));
        }

        Assert.All(subnets, s => Assert.Equal(22, s.PrefixLength));
        Assert.Contains(IPNetwork.Parse("172.17.0.0/22"), subnets);
        Assert.Contains(IPNetwork.Parse("172.31.252.0/22"), subnets);
        Assert.Contains(IPNetwork.Parse("192.168.252.0/22"), subnets);
        await Refused(
            CnmErrorKind.Unavailable,
            new() { IPv6 = false, NetworkName = "n" },
            "every IPv4 subnet of the default address pools is in use");
    }

    [Fact]
    public async Task Twenty_thousand_networks_get_subnets_of_their_own()
    {
        var ipam = new DefaultIpam("host", [DefaultAddressPool.Parse("base=10.0.0.0/8,size=24")]);
        HashSet<IPNetwork> subnets = [];
        for (int i = 0; i < 20_000; i++)
        {
            AddressPool pool = await ipam.RequestPoolAsync(new() { IPv6 = false, NetworkName = "n" }, default);
            Assert.True(subnets.Add(pool.Subnet), $"{pool.Subnet} was chosen twice");
        }
    }

    [Fact]
    public async Task A_released_subnet_is_the_next_one_chosen()
    {
        AddressPool[] pools = [await Any(), await Any(), await Any()];
        await _ipam.ReleasePoolAsync(pools[1], default);
        await _ipam.ReleasePoolAsync(pools[1], default);
        Assert.Equal(pools[1].Subnet, (await Any()).Subnet);
        Assert.Equal("172.17.12.0/22", (await Any()).Subnet.ToString());
    }

    [Fact]
    public async Task After_the_last_one_is_taken_a_released_one_is_found_again()
    {
        var ipam = new DefaultIpam("host", [DefaultAddressPool.Parse("base=10.0.0.0/30,size=30")]);
        var request = new PoolRequest { IPv6 = false, NetworkName = "n" };
        AddressPool only = await ipam.RequestPoolAsync(request, default);
        await Assert.ThrowsAsync<CnmException>(async () => await ipam.RequestPoolAsync(request, default));
        await ipam.ReleasePoolAsync(only, default);
        Assert.Equal(only.Subnet, (await ipam.RequestPoolAsync(request, default)).Subnet);
    }

    [Theory]
    [InlineData("172.17.1.0/24", "172.17.4.0/22")]
    [InlineData("172.16.0.0/12", "192.168.0.0/22")]
    [InlineData("172.17.3.255/32", "172.17.4.0/22")]
    [InlineData("0.0.0.0/0", "172.17.0.0/22")]
    [InlineData("128.0.0.0/1", "172.17.0.0/22")]
    public async Task A_subnet_that_a_host_route_leads_to_is_passed_over_while_the_route_is_there(string route, string expected)
    {
        Assert.Equal(
            expected, (await Request(new() { IPv6 = false, NetworkName = "n", HostRoutes = [By(route)] })).Subnet.ToString());
        Assert.Equal(expected == "172.17.0.0/22" ? "172.17.4.0/22" : "172.17.0.0/22", (await Any()).Subnet.ToString());
    }

    [Fact]
    public async Task A_million_subnets_under_one_route_are_passed_over_in_one_step()
    {
        var ipam = new DefaultIpam(
            "host", [DefaultAddressPool.Parse("size=30,base=10.0.0.0/8"), DefaultAddressPool.Parse("base=11.0.0.0/24,size=24")]);
        AddressPool pool =
            await ipam.RequestPoolAsync(new() { IPv6 = false, NetworkName = "n", HostRoutes = [By("10.0.0.0/8")] }, default);
        Assert.Equal("11.0.0.0/24", pool.Subnet.ToString());
    }

    [Fact]
    public async Task IPv6_subnets_are_unique_local_and_derived_from_the_host()
    {
        AddressPool[] pools = [await Any(ipv6: true), await Any(ipv6: true)];
        Assert.All(pools, p => Assert.Equal((0xfd, 64), (p.Subnet.BaseAddress.GetAddressBytes()[0], p.Subnet.PrefixLength)));
        Assert.Equal(pools[0].Subnet.BaseAddress.GetAddressBytes()[..6], pools[1].Subnet.BaseAddress.GetAddressBytes()[..6]);
        Assert.NotEqual(pools[0].Subnet, pools[1].Subnet);

        var request = new PoolRequest { IPv6 = true, NetworkName = "n" };
        Assert.Equal(pools[0].Subnet, (await new DefaultIpam("host").RequestPoolAsync(request, default)).Subnet);
        Assert.NotEqual(pools[0].Subnet, (await new DefaultIpam("another").RequestPoolAsync(request, default)).Subnet);
    }

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.0.0/24")]
    [InlineData("10.0.0.128/25", "10.0.0.0/24")]
    [InlineData("10.0.0.0/8", "10.0.0.0/24")]
    public async Task A_subnet_that_overlaps_another_network_is_refused_with_its_name(string wanted, string present)
    {
        await Request(new() { IPv6 = false, NetworkName = "first", Subnet = IPNetwork.Parse(present) });
        await Refused(
            CnmErrorKind.Conflict,
            new() { IPv6 = false, NetworkName = "second", Subnet = IPNetwork.Parse(wanted) },
            $"network \"second\": subnet {wanted} overlaps {present} of network \"first\"; choose another with --subnet");
        await Request(new() { IPv6 = false, NetworkName = "beside", Subnet = IPNetwork.Parse("10.0.1.0/24") });
        await Request(new() { IPv6 = false, NetworkName = "before", Subnet = IPNetwork.Parse("9.255.255.0/24") });
    }

    [Fact]
    public async Task A_subnet_that_is_given_may_overlap_host_routes_which_the_network_driver_judges()
    {
        IPNetwork subnet = IPNetwork.Parse("10.1.0.0/16");
        var request = new PoolRequest
        {
            IPv6 = false,
            NetworkName = "n",
            Subnet = subnet,
            HostRoutes = [By("0.0.0.0/0"), By("10.0.0.0/8"), By("10.1.2.0/24"), On("10.1.3.0/24")],
        };
        Assert.Equal(subnet, (await Request(request)).Subnet);
    }

    [Fact]
    public async Task A_subnet_inside_a_less_specific_route_by_a_gateway_is_chosen_when_nothing_else_is_left()
    {
        var ipam = new DefaultIpam(
            "host", [DefaultAddressPool.Parse("base=10.0.0.0/22,size=24"), DefaultAddressPool.Parse("base=10.1.0.0/24,size=24")]);
        var request = new PoolRequest
        {
            IPv6 = false,
            NetworkName = "n",
            HostRoutes = [By("10.0.0.0/16"), By("10.0.0.0/24"), On("10.0.1.0/25"), By("10.0.2.128/32")],
        };
        Assert.Equal("10.1.0.0/24", (await ipam.RequestPoolAsync(request, default)).Subnet.ToString());
        Assert.Equal("10.0.3.0/24", (await ipam.RequestPoolAsync(request, default)).Subnet.ToString());
        await Assert.ThrowsAsync<CnmException>(async () => await ipam.RequestPoolAsync(request, default));
    }

    [Fact]
    public async Task Unique_local_subnets_do_not_mind_a_less_specific_route_but_one_that_the_host_is_on()
    {
        var request = new PoolRequest { IPv6 = true, NetworkName = "n" };
        string first = (await new DefaultIpam("host").RequestPoolAsync(request, default)).Subnet.ToString();
        var ipam = new DefaultIpam("host");
        HostRoute[] routes = [By("fd00::/8"), By("fc00::/7")];
        AddressPool pool = await ipam.RequestPoolAsync(new() { IPv6 = true, NetworkName = "n", HostRoutes = routes }, default);
        Assert.Equal(first, pool.Subnet.ToString());
        await ipam.ReleasePoolAsync(pool, default);
        pool = await ipam.RequestPoolAsync(new() { IPv6 = true, NetworkName = "n", HostRoutes = [.. routes, On(first)] }, default);
        Assert.NotEqual(first, pool.Subnet.ToString());
    }

    [Fact]
    public async Task A_restored_subnet_is_in_use()
    {
        _ipam.Restore(new AddressPool { Subnet = IPNetwork.Parse("172.17.0.0/22"), Gateway = IPAddress.Parse("172.17.0.1") }, []);
        Assert.Equal("172.17.4.0/22", (await Any()).Subnet.ToString());
        await Refused(
            CnmErrorKind.Conflict,
            new() { IPv6 = false, NetworkName = "n", Subnet = IPNetwork.Parse("172.17.0.0/16") },
            "overlaps 172.17.0.0/22 of a network");
    }

    [Theory]
    [InlineData("10.0.0.0/24", null, null, "10.0.0.1")]
    [InlineData("10.0.0.0/24", null, "10.0.0.254", "10.0.0.254")]
    [InlineData("10.0.0.0/24", "10.0.0.128/25", null, "10.0.0.129")]
    [InlineData("10.0.0.0/24", "10.0.0.0/25", null, "10.0.0.1")]
    [InlineData("10.0.0.0/24", "10.0.0.7/32", null, "10.0.0.1")]
    [InlineData("10.0.0.0/31", null, null, "10.0.0.0")]
    [InlineData("2001:db8::/64", null, null, "2001:db8::1")]
    public async Task The_gateway_is_the_one_given_or_the_first_usable_address_of_range_or_subnet(
        string subnet, string? range, string? gateway, string expected)
    {
        AddressPool pool = await Request(new()
        {
            IPv6 = subnet.Contains(':', StringComparison.Ordinal),
            NetworkName = "n",
            Subnet = IPNetwork.Parse(subnet),
            Range = range is null ? null : IPNetwork.Parse(range),
            Gateway = gateway is null ? null : IPAddress.Parse(gateway),
        });
        Assert.Equal(IPAddress.Parse(expected), pool.Gateway);
    }

    [Fact]
    public async Task An_auxiliary_address_does_not_become_the_gateway()
    {
        AddressPool pool = await Request(new()
        {
            IPv6 = false,
            NetworkName = "n",
            Subnet = IPNetwork.Parse("10.0.0.0/24"),
            AuxiliaryAddresses = new Dictionary<string, IPAddress> { ["router"] = IPAddress.Parse("10.0.0.1") },
        });
        Assert.Equal(IPAddress.Parse("10.0.0.2"), pool.Gateway);
    }

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.1.0/25", null, null, "no matching subnet for range 10.0.1.0/25")]
    [InlineData("10.0.0.0/24", "10.0.0.0/16", null, null, "no matching subnet for range 10.0.0.0/16")]
    [InlineData("10.0.0.0/24", null, "10.0.1.1", null, "no matching subnet for gateway 10.0.1.1")]
    [InlineData("10.0.0.0/24", null, "10.0.0.0", null, "gateway 10.0.0.0 is the network or broadcast address of 10.0.0.0/24")]
    [InlineData("10.0.0.0/24", null, "10.0.0.255", null, "gateway 10.0.0.255 is the network or broadcast address of 10.0.0.0/24")]
    [InlineData("10.0.0.0/24", null, null, "10.0.1.9", "no matching subnet for auxiliary address \"a\" 10.0.1.9")]
    [InlineData("10.0.0.0/24", null, "10.0.0.9", "10.0.0.9", "gateway 10.0.0.9 is also the auxiliary address \"a\"")]
    [InlineData(null, null, "10.0.0.9", null, "no matching subnet for gateway 10.0.0.9")]
    [InlineData("2001:db8::/64", null, null, null, "subnet 2001:db8::/64 is not an IPv4 one")]
    [InlineData("127.1.0.0/16", null, null, null, "subnet 127.1.0.0/16 overlaps 127.0.0.0/8, which no interface may use")]
    [InlineData("224.0.0.0/8", null, null, null, "subnet 224.0.0.0/8 overlaps 224.0.0.0/4, which no interface may use")]
    public async Task A_request_that_contradicts_itself_is_refused_and_reserves_nothing(
        string? subnet, string? range, string? gateway, string? auxiliary, string message)
    {
        var request = new PoolRequest
        {
            IPv6 = false,
            NetworkName = "n",
            Subnet = subnet is null ? null : IPNetwork.Parse(subnet),
            Range = range is null ? null : IPNetwork.Parse(range),
            Gateway = gateway is null ? null : IPAddress.Parse(gateway),
            AuxiliaryAddresses = auxiliary is null
                ? new Dictionary<string, IPAddress>()
                : new Dictionary<string, IPAddress> { ["a"] = IPAddress.Parse(auxiliary) },
        };
        await Refused(CnmErrorKind.InvalidParameter, request, message);
        await Request(new() { IPv6 = false, NetworkName = "m", Subnet = IPNetwork.Parse("10.0.0.0/24") });
    }

    [Theory]
    [InlineData("fe80::/64")]
    [InlineData("fe90:1::/32")]
    public async Task A_link_local_subnet_is_refused_for_what_it_is(string subnet) => await Refused(
        CnmErrorKind.InvalidParameter,
        new()
        {
            IPv6 = true,
            NetworkName = "n",
            Subnet = IPNetwork.Parse(subnet),
            HostRoutes = [new HostRoute(IPNetwork.Parse("fe80::/64"), "eth0")],
        },
        $"subnet {subnet} is link-local");

    [Theory]
    [InlineData("base=10.0.0.0/16,size=15")]
    [InlineData("base=10.0.0.0/16,size=31")]
    [InlineData("base=10.0.0.1/16,size=24")]
    [InlineData("base=10.0.0.0/16")]
    [InlineData("base=10.0.0.0/16,size=24,size=25")]
    [InlineData("10.0.0.0/16")]
    public void A_default_pool_that_cannot_be_cut_is_refused(string text) =>
        Assert.Equal(CnmErrorKind.InvalidParameter, Assert.Throws<CnmException>(() => DefaultAddressPool.Parse(text)).Kind);

    private static HostRoute By(string destination) => new(IPNetwork.Parse(destination), "eth0", IPAddress.Parse("192.0.2.254"));

    private static HostRoute On(string destination) => new(IPNetwork.Parse(destination), "eth0");

    private ValueTask<AddressPool> Any(bool ipv6 = false) => Request(new() { IPv6 = ipv6, NetworkName = "n" });

    private ValueTask<AddressPool> Request(PoolRequest request) => _ipam.RequestPoolAsync(request, default);

    private async Task Refused(CnmErrorKind kind, PoolRequest request, string message)
    {
        CnmException error = await Assert.ThrowsAsync<CnmException>(async () => await Request(request));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
