using Net.Cnm.Errors;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>Networks whose containers share one link of the host.</summary>
public sealed class SharedParentTests
{
    [Theory]
    [InlineData("bridge", "passthru", "cannot use mode passthru, macvlan network one is already using parent interface eth0")]
    [InlineData("passthru", "bridge", "macvlan network one is already using parent interface eth0 in mode passthru")]
    [InlineData("passthru", "passthru", "cannot use mode passthru, macvlan network one is already using parent interface eth0")]
    public async Task A_parent_in_mode_passthru_carries_one_network(string first, string second, string words)
    {
        await using ControllerUnderTest test = await WithLinkAsync();
        await test.Controller.CreateNetwork(Request("one", "10.50.0.0/24", first)).RunAsync(default);
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.CreateNetwork(Request("two", "10.51.0.0/24", second)).RunAsync(default));
        Assert.Equal(CnmErrorKind.Forbidden, error.Kind);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        await test.Controller.RemoveNetwork("one").RunAsync(default);
        await test.Controller.CreateNetwork(Request("two", "10.51.0.0/24", second)).RunAsync(default);
    }

    [Fact]
    public async Task In_other_modes_it_carries_several()
    {
        await using ControllerUnderTest test = await WithLinkAsync();
        await test.Controller.CreateNetwork(Request("one", "10.50.0.0/24", "bridge")).RunAsync(default);
        await test.Controller.CreateNetwork(Request("two", "10.51.0.0/24", "private")).RunAsync(default);
    }

    private static async Task<ControllerUnderTest> WithLinkAsync()
    {
        ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Engine.Facts = test.Engine.Facts with { ForeignLinks = new HashSet<string> { "eth0" } };
        return test;
    }

    private static NetworkCreateRequest Request(string name, string subnet, string mode) => new()
    {
        Name = name,
        Driver = "macvlan",
        Subnets = [SubnetRequest.Parse(subnet, range: null, gateway: null, auxiliaryAddresses: null)],
        Options = new Dictionary<string, string> { ["parent"] = "eth0", ["macvlan_mode"] = mode },
    };
}
