using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Tests.TestKit;
using static Net.Tests.Unit.Controller.BrokenOff;

namespace Net.Tests.Unit.Controller;

/// <summary>A restart whose daemon is killed in the start, the second half: the command of the new run has begun, or not.</summary>
public sealed class BrokenOffRestartTests
{
    [Fact]
    public async Task A_restart_that_had_started_the_command_is_done_although_nobody_noted_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        SandboxId web = (await test.CreateAsync("web", "front", run: true)).Id;
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        await BreakOffAsync(test, web, EndPurpose.Restart, now => now with { Started = null });
        test.Processes.End(web, 0);
        Assert.Empty((await test.Controller.RecoverAsync(default)).Problems);
        Sandbox ended = test.Controller.FindSandbox("web");
        Assert.Equal((SandboxState.Exited, false, null), (ended.State, ended.IsRestarting, ended.EndedFor));
        Assert.Single(test.Processes.Started);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_a_run_that_a_restart_had_started_is_told_from_that_of_the_run_before(bool isOfRunBefore)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = await RunAsync(test, policy: null);
        test.Processes.End(web, 3);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web").State == SandboxState.Exited);
        if (!isOfRunBefore)
        {
            test.Processes.Now = test.Processes.Now.AddMinutes(1);
            await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        }

        int started = test.Processes.Started.Count;
        await BreakOffAsync(
            test,
            web,
            EndPurpose.Restart,
            now => now with { State = SandboxState.Running, Started = null, ProcessId = null });
        if (!isOfRunBefore)
        {
            test.Processes.End(web, 5);
            Assert.Empty((await test.Controller.RecoverAsync(default)).Problems);
            Sandbox ended = test.Controller.FindSandbox("web");
            Assert.Equal((SandboxState.Exited, 5, null), (ended.State, ended.ExitCode, ended.EndedFor));
            Assert.Equal(started, test.Processes.Started.Count);
            return;
        }

        // Also where the recovery cannot store it yet, and the end is told to whoever waits for it.
        test.Store.IsFull = true;
        Assert.NotEmpty((await test.Controller.RecoverAsync(default)).Problems);
        test.Store.IsFull = false;
        await Eventually.HoldsAsync(() => test.Processes.Started.Count > started);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_run_before_has_left_is_not_the_end_of_the_one_that_a_restart_was_about_to_start(bool autoRemove)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = await RunAsync(test, policy: null);
        test.Processes.End(web, 3);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web").State == SandboxState.Exited);
        await BreakOffAsync(
            test,
            web,
            EndPurpose.Restart,
            now => now with { State = SandboxState.Running, Started = null, AutoRemove = autoRemove });
        Assert.Empty((await test.Controller.RecoverAsync(default)).Problems);
        await Eventually.HoldsAsync(() => test.Processes.Started.Count == 2);
    }
}
