using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Drivers.Ipam.Default;

namespace Net.Tests.Unit.Drivers.Ipam;

public sealed class DefaultIpamAddressTests
{
    private readonly DefaultIpam _ipam = new("host");

    [Fact]
    public async Task Addresses_come_one_after_another_with_the_subnets_prefix_length()
    {
        AddressPool pool = await Pool("10.0.0.0/24");
        Assert.Equal(["10.0.0.2/24", "10.0.0.3/24", "10.0.0.4/24"], await Take(pool, 3));
    }

    [Fact]
    public async Task An_address_just_given_back_is_not_used_again_until_the_others_were()
    {
        AddressPool pool = await Pool("10.0.0.0/29");
        await Take(pool, 2);
        await _ipam.ReleaseAddressAsync(pool, IPAddress.Parse("10.0.0.2"), default);
        Assert.Equal(["10.0.0.4/29", "10.0.0.5/29", "10.0.0.6/29", "10.0.0.2/29"], await Take(pool, 4));
    }

    [Fact]
    public async Task A_full_subnet_says_which_how_many_and_what_to_do()
    {
        AddressPool pool = await Pool("10.0.0.0/29");
        await Take(pool, 5);
        await Refused(
            CnmErrorKind.Unavailable,
            pool,
            null,
            "subnet 10.0.0.0/29 of network \"web\" is full: all 6 of its addresses are in use, the gateway's included; "
            + "remove a container from it, or create a network with a larger --subnet");
    }

    [Fact]
    public async Task A_range_bounds_what_is_chosen_and_not_what_is_asked_for()
    {
        AddressPool pool = await Pool("10.0.0.0/24", "10.0.0.8/30");
        Assert.Equal(["10.0.0.8/24", "10.0.0.10/24", "10.0.0.11/24"], await Take(pool, 3));
        await Refused(CnmErrorKind.Unavailable, pool, null, "range 10.0.0.8/30 of subnet 10.0.0.0/24 of network \"web\" is full: all 4");
        Assert.Equal("10.0.0.200/24", (await _ipam.RequestAddressAsync(pool, IPAddress.Parse("10.0.0.200"), default)).ToString());
    }

    [Theory]
    [InlineData(
        "10.0.1.1", CnmErrorKind.InvalidParameter, "invalid address 10.0.1.1: it does not belong to subnet 10.0.0.0/24 of network \"web\"")]
    [InlineData("2001:db8::1", CnmErrorKind.InvalidParameter, "invalid address 2001:db8::1: it does not belong to subnet 10.0.0.0/24")]
    [InlineData("10.0.0.0", CnmErrorKind.InvalidParameter, "invalid address 10.0.0.0: it is the network or broadcast address")]
    [InlineData("10.0.0.255", CnmErrorKind.InvalidParameter, "invalid address 10.0.0.255: it is the network or broadcast address")]
    [InlineData("10.0.0.1", CnmErrorKind.Conflict, "address 10.0.0.1 on network \"web\" is already in use as the gateway")]
    [InlineData("10.0.0.2", CnmErrorKind.Conflict, "address 10.0.0.2 on network \"web\" is already in use; choose another of 10.0.0.0/24")]
    public async Task An_address_that_cannot_be_had_is_refused_with_the_reason(string address, CnmErrorKind kind, string message)
    {
        AddressPool pool = await Pool("10.0.0.0/24");
        await Take(pool, 1);
        await Refused(kind, pool, IPAddress.Parse(address), message);
    }

    [Fact]
    public async Task Auxiliary_addresses_and_the_gateway_are_never_handed_out_nor_given_back()
    {
        AddressPool pool = await _ipam.RequestPoolAsync(
            new()
            {
                IPv6 = false,
                NetworkName = "web",
                Subnet = IPNetwork.Parse("10.0.0.0/29"),
                AuxiliaryAddresses = new Dictionary<string, IPAddress> { ["router"] = IPAddress.Parse("10.0.0.3") },
            },
            default);
        await _ipam.ReleaseAddressAsync(pool, IPAddress.Parse("10.0.0.3"), default);
        await _ipam.ReleaseAddressAsync(pool, IPAddress.Parse("10.0.0.1"), default);
        Assert.Equal(["10.0.0.2/29", "10.0.0.4/29", "10.0.0.5/29", "10.0.0.6/29"], await Take(pool, 4));
        await Refused(CnmErrorKind.Conflict, pool, IPAddress.Parse("10.0.0.3"), "as the auxiliary address \"router\"");
        await Refused(CnmErrorKind.Unavailable, pool, null, "is full");
    }

    [Fact]
    public async Task A_point_to_point_subnet_has_one_address_beside_the_gateway()
    {
        AddressPool pool = await Pool("10.0.0.0/31");
        Assert.Equal(["10.0.0.1/31"], await Take(pool, 1));
    }

    [Fact]
    public async Task An_IPv6_subnet_is_handed_out_from_its_start_and_takes_any_address_asked_for()
    {
        AddressPool pool = await Pool("2001:db8::/64");
        await _ipam.RequestAddressAsync(pool, IPAddress.Parse("2001:db8::ffff:ffff:ffff:ffff"), default);
        Assert.Equal(["2001:db8::2/64", "2001:db8::3/64"], await Take(pool, 2));
        await Refused(CnmErrorKind.InvalidParameter, pool, IPAddress.Parse("2001:db8::"), "network or broadcast");
    }

    [Fact]
    public async Task After_a_restart_what_was_in_use_still_is_and_handing_out_goes_on()
    {
        AddressPool pool = await Pool("10.0.0.0/24");
        var restarted = new DefaultIpam("host");
        restarted.Restore(pool, [IPAddress.Parse("10.0.0.2"), IPAddress.Parse("10.0.0.3")]);
        Assert.Equal("10.0.0.4/24", (await restarted.RequestAddressAsync(pool, null, default)).ToString());
        await Assert.ThrowsAsync<CnmException>(async () => await restarted.RequestAddressAsync(pool, IPAddress.Parse("10.0.0.3"), default));
    }

    [Fact]
    public async Task A_pool_that_was_never_reserved_is_not_found()
    {
        var pool = new AddressPool { Subnet = IPNetwork.Parse("10.0.0.0/24") };
        await Refused(CnmErrorKind.NotFound, pool, null, "subnet 10.0.0.0/24 is not reserved");
        await _ipam.ReleaseAddressAsync(pool, IPAddress.Parse("10.0.0.2"), default);
        await _ipam.ReleasePoolAsync(pool, default);
    }

    [Fact]
    public async Task One_free_address_of_a_full_sixteen_is_found()
    {
        AddressPool pool = await Pool("10.0.0.0/16");
        await Take(pool, 65533);
        for (int round = 0; round < 100; round++)
        {
            await _ipam.ReleaseAddressAsync(pool, IPAddress.Parse("10.0.128.7"), default);
            Assert.Equal(["10.0.128.7/16"], await Take(pool, 1));
        }
    }

    private ValueTask<AddressPool> Pool(string subnet, string? range = null) =>
        _ipam.RequestPoolAsync(
            new()
            {
                IPv6 = subnet.Contains(':', StringComparison.Ordinal),
                NetworkName = "web",
                Subnet = IPNetwork.Parse(subnet),
                Range = range is null ? null : IPNetwork.Parse(range),
            },
            default);

    private async Task<List<string>> Take(AddressPool pool, int count)
    {
        var taken = new List<string>(count);
        for (int i = 0; i < count; i++)
        {
            taken.Add((await _ipam.RequestAddressAsync(pool, null, default)).ToString());
        }

        return taken;
    }

    private async Task Refused(CnmErrorKind kind, AddressPool pool, IPAddress? preferred, string message)
    {
        CnmException error = await Assert.ThrowsAsync<CnmException>(async () => await _ipam.RequestAddressAsync(pool, preferred, default));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
