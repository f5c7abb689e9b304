using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>Pausing: what is refused of a paused container, what lets it go on, and what a daemon that starts does.</summary>
public sealed class PauseTests
{
    [Fact]
    public async Task A_paused_container_runs_no_further_command_and_is_not_removed_without_force()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = await RunAsync(test);
        await test.Controller.PauseSandboxAsync("web", default);
        Assert.True(test.Processes.Paused[id]);
        Assert.Equal((SandboxState.Running, true), (test.Controller.FindSandbox("web").State, test.Controller.FindSandbox("web").IsPaused));

        await RefusedAsync($"Container {id} is already paused", () => test.Controller.PauseSandboxAsync("web", default));
        await RefusedAsync(
            "Container web is paused, unpause the container before exec",
            () => test.Controller.ExecAsync("web", "e1", new ProcessConfig { Command = ["true"] }, null, default));
        await RefusedAsync(
            "cannot remove container \"web\": container is paused and must be unpaused first",
            () => test.Controller.RemoveSandbox("web", force: false).RunAsync(default));

        await test.Controller.UnpauseSandboxAsync("web", default);
        Assert.Empty(test.Processes.Paused);
        await RefusedAsync($"Container {id} is not paused", () => test.Controller.UnpauseSandboxAsync("web", default));
        await test.Controller.StopSandbox("web", TimeSpan.Zero, null).RunAsync(default);
        await RefusedAsync($"Container {id} is not running", () => test.Controller.PauseSandboxAsync("web", default));
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("kill")]
    [InlineData("rm")]
    [InlineData("restart")]
    public async Task What_ends_a_container_lets_it_go_on_first(string verb)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = await RunAsync(test);
        await test.Controller.PauseSandboxAsync("web", default);
        switch (verb)
        {
            case "stop":
                await test.Controller.StopSandbox("web", TimeSpan.Zero, null).RunAsync(default);
                break;
            case "kill":
                await test.Controller.SignalSandboxAsync("web", 9, default);
                await test.Controller.WaitSandboxAsync("web", default);
                break;
            case "rm":
                await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
                break;
            default:
                await test.Controller.RestartSandboxAsync("web", TimeSpan.Zero, null);
                break;
        }

        Assert.Empty(test.Processes.Paused);
        Assert.Equal(verb == "restart", test.Processes.IsAlive(id));
        Assert.False(test.Controller.Snapshot.Find(id) is { IsPaused: true });
    }

    [Fact]
    public async Task A_container_whose_processes_do_not_stop_is_not_paused()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await RunAsync(test);
        test.Processes.RefusePause = new CnmException(CnmErrorKind.Unavailable, "a process does not stop");
        await RefusedAsync("a process does not stop", () => test.Controller.PauseSandboxAsync("web", default));
        Assert.Empty(test.Processes.Paused);
        Assert.False(test.Controller.FindSandbox("web").IsPaused);
    }

    [Fact]
    public async Task The_next_daemon_holds_up_what_is_paused_and_one_that_ended_meanwhile_is_not()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = await RunAsync(test);
        await test.Controller.PauseSandboxAsync("web", default);
        await test.Controller.DisposeAsync();
        test.Processes.Paused.Clear(); // as after a death between the record and the deed
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.True(test.Controller.FindSandbox("web").IsPaused);
        Assert.True(test.Processes.Paused[id]);

        await test.Controller.DisposeAsync();
        test.Processes.End(id, 137);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Equal((SandboxState.Exited, false), (test.Controller.FindSandbox("web").State, test.Controller.FindSandbox("web").IsPaused));
    }

    private static async Task<SandboxId> RunAsync(ControllerUnderTest test)
    {
        SandboxCreated created = await test.Controller.CreateSandbox(
            new SandboxCreateRequest { Name = "web", Process = new ProcessConfig { Command = ["sleep", "1"] } }).RunAsync(default);
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        return created.Id;
    }

    private static async Task RefusedAsync(string message, Func<Task> change) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<CnmException>(change)).Message);
}
