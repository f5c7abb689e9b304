using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;

namespace Net.Tests.Unit.Controller;

/// <summary>The bridges of other programs' guests, which the forwarding guard leaves alone, come and go with links of the host.</summary>
public sealed class GuestBridgeTests
{
    [Fact]
    public async Task They_are_followed_and_nothing_is_done_when_they_are_as_before()
    {
        await using ControllerUnderTest test = await GuardedAsync();
        await FollowAsync(test, "docker0", "virbr0");
        Assert.Equal(["docker0", "virbr0"], Known(test));

        int changes = test.Engine.Changes.Count;
        await FollowAsync(test, "docker0", "virbr0");
        Assert.Equal(changes, test.Engine.Changes.Count);

        await FollowAsync(test, "virbr0", "podman0");
        Assert.Equal(["podman0", "virbr0"], Known(test));
        await FollowAsync(test);
        Assert.Empty(Known(test));
    }

    [Fact]
    public async Task One_that_only_a_mending_has_seen_does_not_stay_in_the_rules()
    {
        await using ControllerUnderTest test = await GuardedAsync();
        await FollowAsync(test, "docker0");
        Have(test, "podman1", "docker0");
        Assert.Equal(FirewallMending.PutBack, await test.Controller.MendFirewallAsync(default));
        Assert.Equal(["docker0", "podman1"], Known(test));
        await FollowAsync(test, "docker0");
        Assert.Equal(["docker0"], Known(test));
    }

    [Fact]
    public async Task What_is_refused_is_left_for_a_mending_and_tried_again()
    {
        await using ControllerUnderTest test = await GuardedAsync();
        int reports = 0;
        test.Controller.LeftBehind += () => reports++;
        test.Engine.Refuse = _ => new CnmException(CnmErrorKind.Internal, "no");
        await Assert.ThrowsAsync<CnmException>(() => FollowAsync(test, "docker0"));
        Assert.Equal(1, reports);
        test.Engine.Refuse = _ => null;
        await FollowAsync(test, "docker0");
        Assert.Equal(["docker0"], Known(test));
    }

    [Fact]
    public async Task Without_a_guard_there_are_none()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Engine.Facts = test.Engine.Facts with { IPv4Forwarding = ForwardingState.On, IPv6Forwarding = ForwardingState.On };
        await FollowAsync(test, "docker0");
        Assert.Empty(Known(test));
    }

    [Fact]
    public async Task They_are_made_with_the_guard_and_are_in_no_change_after_that()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Have(test, "docker0");
        test.Engine.Facts = test.Engine.Facts with { IPv4Forwarding = ForwardingState.Off, IPv6Forwarding = ForwardingState.Off };
        await test.NetworkAsync("six", ipv6: true);
        Assert.Single(test.Engine.Changes[^1].Add.OfType<GuestBridge>());

        test.Engine.Facts = test.Engine.Facts with { IPv4Forwarding = ForwardingState.OnByUs };
        await test.NetworkAsync("seven", ipv6: true);
        Assert.Empty(test.Engine.Changes[^1].Add.OfType<GuestBridge>());
    }

    [Theory]
    [InlineData("docker0", true)]
    [InlineData("docker_gwbridge", true)]
    [InlineData("br-0123456789ab", true)]
    [InlineData("virbr10", true)]
    [InlineData("podman1", true)]
    [InlineData("cni-podman0", true)]
    [InlineData("lxcbr0", true)]
    [InlineData("incusbr0", true)]
    [InlineData("br-lan", false)]
    [InlineData("virbr0+", false)]
    [InlineData("docker0\n", false)]
    [InlineData("a\"b", false)]
    [InlineData("la+", false)]
    [InlineData("iso", false)]
    public async Task A_bridge_that_no_such_program_names_is_guarded(string name, bool isGuests)
    {
        await using ControllerUnderTest test = await GuardedAsync();
        await FollowAsync(test, name);
        Assert.Equal(isGuests ? [name] : [], Known(test));
    }

    private static async Task<ControllerUnderTest> GuardedAsync()
    {
        ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Engine.Facts = test.Engine.Facts with { IPv4Forwarding = ForwardingState.OnByUs };
        return test;
    }

    private static Task FollowAsync(ControllerUnderTest test, params string[] guests)
    {
        Have(test, guests);
        return test.Controller.FollowHostLinksAsync(default);
    }

    // Beside a bridge that leads to other machines.
    private static void Have(ControllerUnderTest test, params string[] guests) => test.Engine.Facts = test.Engine.Facts with
    {
        ForeignBridges = [new("uplink", 1500), .. guests.Select(name => new HostBridge(name, 1500) { HasGuestsOnly = true })],
    };

    private static IEnumerable<string> Known(ControllerUnderTest test) =>
        test.Engine.Kernel.Values.OfType<GuestBridge>().Select(bridge => bridge.Bridge).Order(StringComparer.Ordinal);
}
