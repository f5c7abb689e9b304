using Net.Cnm.Errors;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>Another program holds what changes of the firewall have to wait for.</summary>
public sealed class HeldUpTests
{
    private const string Held = "the lock /run/xtables.lock is held by process 12 (sleep)";

    [Fact]
    public async Task What_needs_it_waits_and_lets_everything_else_go_first()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web", "none");
        string reserved = test.Ipam.Reserved;
        test.Engine.Holder = Held;
        Task<string> waiting = NetworkAsync(test);
        await test.Controller.RenameSandbox("web", "shop").RunAsync(default);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(reserved, test.Ipam.Reserved);
        Assert.DoesNotContain(test.Controller.Networks, network => network.Name == "front");

        test.Engine.Holder = null;
        Assert.Equal("front", await waiting);
    }

    [Fact]
    public async Task It_is_not_waited_for_without_end()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = new HurriedTime() });
        string reserved = test.Ipam.Reserved;
        test.Engine.Holder = Held;
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => NetworkAsync(test));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Equal($"{Held}, for more than 10 s; end that one, then try again", error.Message);
        Assert.Equal(reserved, test.Ipam.Reserved);
    }

    [Fact]
    public async Task Who_goes_away_meanwhile_has_asked_for_nothing()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        using var gone = new CancellationTokenSource();
        test.Engine.Holder = Held;
        Task waiting = test.Controller.CreateNetwork(new NetworkCreateRequest { Name = "front" }).RunAsync(gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        test.Engine.Holder = null;
        Assert.DoesNotContain(test.Controller.Networks, network => network.Name == "front");
    }

    private static async Task<string> NetworkAsync(ControllerUnderTest test)
    {
        await test.NetworkAsync("front");
        return test.Controller.Networks.Single(network => network.Name == "front").Name;
    }
}
