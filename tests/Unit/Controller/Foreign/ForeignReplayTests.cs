using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Identifiers;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller.Foreign;

/// <summary>What Docker Engine repeats of its reservations when it starts, and what becomes of those that it leaves out.</summary>
public sealed class ForeignReplayTests
{
    private static readonly IPNetwork Known = IPNetwork.Parse("10.77.0.0/24");
    private static readonly IPNetwork Forgotten = IPNetwork.Parse("10.78.0.0/24");

    [Fact]
    public async Task What_is_repeated_is_answered_as_before_and_not_counted_again()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string id = await ReserveAsync(test, Known);
        await AskAsync(test, id, "10.77.0.1", isGateway: true);
        await AskAsync(test, id, "10.77.0.9");
        for (int start = 0; start < 2; start++)
        {
            await test.Controller.ForeignIpam.BeginReplayAsync(isWhole: true);
            Assert.Equal(id, await ReserveAsync(test, Known));
            Assert.Equal("10.77.0.1/24", (await AskAsync(test, id, "10.77.0.1", isGateway: true)).ToString());
            Assert.Equal("10.77.0.9/24", (await AskAsync(test, id, "10.77.0.9")).ToString());
            Assert.Equal("10.77.0.44/24", (await AskAsync(test, id, "10.77.0.44")).ToString());
            await test.Controller.ForeignIpam.EndReplayAsync();
            await test.Controller.ForeignIpam.ReleaseAddressAsync(id, IPAddress.Parse("10.77.0.44"));
        }

        // From now on an address that is taken is taken.
        CnmException taken = await Assert.ThrowsAsync<CnmException>(() => AskAsync(test, id, "10.77.0.9"));
        Assert.Equal(CnmErrorKind.Conflict, taken.Kind);
        await test.Controller.ForeignIpam.ReleasePoolAsync(id);
        await RequireFreeAsync(test, Known);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_subnet_that_is_left_out_is_free_again_with_the_first_call_that_repeats_nothing(bool isIpam)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await ReserveAsync(test, Known);
        string left = await ReserveAsync(test, Forgotten);
        await AskAsync(test, left, "10.78.0.1", isGateway: true);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        await test.Controller.ForeignIpam.BeginReplayAsync(isWhole: true);
        string known = await ReserveAsync(test, Known);
        await RequireTakenAsync(test, Forgotten);
        if (isIpam)
        {
            await AskAsync(test, known, address: null);
        }
        else
        {
            await test.Controller.ForeignIpam.EndReplayAsync();
        }

        await RequireTakenAsync(test, Known);
        await RequireFreeAsync(test, Forgotten);
    }

    [Fact]
    public async Task Without_a_network_of_the_engines_the_first_call_may_be_for_a_new_one()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string left = await ReserveAsync(test, subnet: null);
        await test.Controller.ForeignIpam.BeginReplayAsync(isWhole: true);
        Assert.Equal(left, await ReserveAsync(test, subnet: null)); // the lowest free one is that one again
    }

    [Fact]
    public async Task A_new_subnet_that_comes_before_anything_else_is_not_taken_for_a_forgotten_one()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await ReserveAsync(test, Forgotten);
        await test.Controller.ForeignIpam.BeginReplayAsync(isWhole: true);
        string made = await ReserveAsync(test, Known); // docker network create --subnet
        Assert.Equal("10.77.0.1/24", (await AskAsync(test, made, address: null, isGateway: true)).ToString());
        await test.Controller.ForeignIpam.EndReplayAsync();
        await RequireTakenAsync(test, Known);
        await RequireFreeAsync(test, Forgotten);
    }

    [Fact]
    public async Task How_often_it_was_reserved_is_what_the_engine_repeats()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string id = await ReserveAsync(test, Known);
        await ReserveAsync(test, Known); // for a second network, whose making was broken off
        await test.Controller.ForeignIpam.BeginReplayAsync(isWhole: true);
        await ReserveAsync(test, Known);
        await test.Controller.ForeignIpam.EndReplayAsync();
        await test.Controller.ForeignIpam.ReleasePoolAsync(id);
        await RequireFreeAsync(test, Known);
    }

    [Fact]
    public async Task It_stays_when_the_engine_started_first_since_it_has_repeated_nothing_then()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await ReserveAsync(test, Forgotten);
        await test.Controller.ForeignIpam.BeginReplayAsync(isWhole: false);
        await test.Controller.ForeignIpam.EndReplayAsync();
        await RequireTakenAsync(test, Forgotten);
    }

    [Fact]
    public async Task It_stays_when_the_daemon_was_restarted_meanwhile()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await ReserveAsync(test, Forgotten);
        await test.Controller.ForeignIpam.BeginReplayAsync(isWhole: true);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        await test.Controller.ForeignIpam.EndReplayAsync();
        await RequireTakenAsync(test, Forgotten);
    }

    [Fact]
    public async Task It_stays_while_a_network_of_ours_is_on_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await ReserveAsync(test, Forgotten);
        await test.Controller.Foreign.CreateNetworkAsync(new ForeignNetworkRequest
        {
            Id = NetworkId.New(),
            Subnets = [SubnetRequest.Parse("10.78.0.0/24", range: null, "10.78.0.1", auxiliaryAddresses: null)],
        });
        await ReplayNothingAsync(test);
        Assert.Single(test.Controller.Snapshot.ForeignPools);
    }

    [Fact]
    public async Task It_stays_while_an_address_of_it_is_assigned()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string id = await ReserveAsync(test, Forgotten);
        await AskAsync(test, id, address: null);
        await ReplayNothingAsync(test);
        await RequireTakenAsync(test, Forgotten);
    }

    [Fact]
    public async Task It_stays_while_the_host_has_an_address_in_it_as_of_a_bridge_of_the_engines()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await ReserveAsync(test, Forgotten);
        test.Engine.Facts = test.Engine.Facts with
        {
            ForeignAddresses = [new HostAddress("br-0123456789ab", InterfaceAddress.Parse("10.78.0.1/24"))],
        };
        await ReplayNothingAsync(test);
        await RequireTakenAsync(test, Forgotten);
    }

    private static async Task ReplayNothingAsync(ControllerUnderTest test)
    {
        await test.Controller.ForeignIpam.BeginReplayAsync(isWhole: true);
        await test.Controller.ForeignIpam.EndReplayAsync();
    }

    private static async Task<string> ReserveAsync(ControllerUnderTest test, IPNetwork? subnet) =>
        (await test.Controller.ForeignIpam.RequestPoolAsync(new ForeignPoolRequest(IPv6: false, subnet, Range: null))).Id;

    private static Task<InterfaceAddress> AskAsync(ControllerUnderTest test, string pool, string? address, bool isGateway = false) =>
        test.Controller.ForeignIpam.RequestAddressAsync(pool, address is null ? null : IPAddress.Parse(address), isGateway);

    private static Task RequireFreeAsync(ControllerUnderTest test, IPNetwork subnet) => CreateAsync(test, subnet);

    private static async Task RequireTakenAsync(ControllerUnderTest test, IPNetwork subnet) => Assert.Equal(
        CnmErrorKind.Conflict, (await Assert.ThrowsAsync<CnmException>(() => CreateAsync(test, subnet))).Kind);

    private static Task CreateAsync(ControllerUnderTest test, IPNetwork subnet) =>
        test.Controller.CreateNetwork(new NetworkCreateRequest { Name = "own", Subnets = [new SubnetRequest { Subnet = subnet }] })
            .RunAsync(default);
}
