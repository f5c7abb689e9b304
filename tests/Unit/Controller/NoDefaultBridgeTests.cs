using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Recovery;

namespace Net.Tests.Unit.Controller;

/// <summary>A controller without a default network.</summary>
public sealed class NoDefaultBridgeTests
{
    [Fact]
    public async Task There_is_no_network_bridge_and_a_container_without_a_network_has_mode_none()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { HasDefaultBridge = false });

        Assert.Equal(["host", "none"], test.Controller.Networks.Select(n => n.Name));
        Assert.Equal(NetworkMode.None, test.Controller.FindSandbox((await test.CreateAsync("web")).Id.Value).Mode);
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.CreateAsync("db", "bridge"));
        Assert.Equal(CnmErrorKind.NotFound, error.Kind);
    }

    [Fact]
    public async Task One_of_an_earlier_daemon_is_removed_unless_a_container_uses_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web");
        await test.RestartAsync(settings => settings with { HasDefaultBridge = false });
        RecoverySummary recovered = await test.Controller.RecoverAsync(default);
        Assert.Contains(recovered.Problems, problem => problem.StartsWith(
            "--bridge none: network bridge has active endpoints (name:\"web\"", StringComparison.Ordinal));
        Assert.Contains("bridge", test.Controller.Networks.Select(n => n.Name));

        await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
        await test.RestartAsync();
        recovered = await test.Controller.RecoverAsync(default);
        Assert.Empty(recovered.Problems);
        Assert.Equal(["host", "none"], test.Controller.Networks.Select(n => n.Name));
    }
}
