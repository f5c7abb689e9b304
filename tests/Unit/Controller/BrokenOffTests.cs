using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Recovery;
using Net.Controller.Requests;
using Net.Tests.TestKit;
using static Net.Tests.Unit.Controller.BrokenOff;

namespace Net.Tests.Unit.Controller;

/// <summary>What follows the end of a command when the operation that ended it does not come to its own end: its daemon was killed, the
/// command does not end, or what follows fails.</summary>
public sealed class BrokenOffTests
{
    private static readonly CnmException Refusal = new(CnmErrorKind.Unavailable, "not now");
    private static readonly SandboxRestartPolicy Always = new() { Kind = RestartKind.Always };
    private static readonly SandboxRestartPolicy UnlessStopped = new() { Kind = RestartKind.UnlessStopped };

    [Theory]
    [InlineData(EndPurpose.Removal, true, true)]
    [InlineData(EndPurpose.Removal, true, false)]
    [InlineData(EndPurpose.Removal, false, true)]
    [InlineData(EndPurpose.Removal, false, false)]
    [InlineData(EndPurpose.Restart, true, true)]
    [InlineData(EndPurpose.Restart, true, false)]
    [InlineData(EndPurpose.Restart, false, true)]
    [InlineData(EndPurpose.Restart, false, false)]
    public async Task What_was_to_follow_an_end_is_done_whether_there_is_a_command_and_it_has_ended_or_not(
        EndPurpose purpose, bool hasCommand, bool ended)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        SandboxId web = (await test.CreateAsync("web", "front", run: hasCommand)).Id;
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        await BreakOffAsync(test, web, purpose, ended);

        int started = test.Processes.Started.Count;
        Assert.Empty((await test.Controller.RecoverAsync(default)).Problems);
        if (purpose == EndPurpose.Removal)
        {
            Assert.Empty(test.Controller.Sandboxes);
            Assert.Contains(web, test.Processes.Forgotten);
            return;
        }

        await Eventually.HoldsAsync(
            () => test.Processes.Started.Count > started
                && test.Controller.FindSandbox("web") is { ProcessId: not null, EndedFor: null, RestartCount: 0 });
        Assert.True(test.Processes.IsAlive(web));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restart_policy_does_not_bring_back_what_is_to_be_removed(bool ended)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = await RunAsync(test, Always);
        await BreakOffAsync(test, web, EndPurpose.Removal, ended);
        Assert.Empty((await test.Controller.RecoverAsync(default)).Problems);
        Assert.Empty(test.Controller.Sandboxes);
        Assert.Single(test.Processes.Started);
    }

    [Fact]
    public async Task A_removal_ends_the_waiting_for_a_restart_also_when_it_is_broken_off()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = await RunAsync(test, Always);
        test.Processes.RefuseStart = Refusal;
        test.Processes.End(web, 1);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web").RestartDelay >= 400);
        await test.Controller.DisposeAsync();
        await BreakOffAsync(test, web, EndPurpose.Removal, ended: true);
        await test.Controller.RecoverAsync(default);
        Assert.Empty(test.Controller.Sandboxes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_off_restart_that_cannot_start_is_tried_again_as_its_policy_says(bool ended)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = await RunAsync(test, UnlessStopped);
        await BreakOffAsync(test, web, EndPurpose.Restart, ended);
        test.Processes.RefuseStart = Refusal;
        await test.Controller.RecoverAsync(default);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web") is { IsRestarting: true, RestartDelay: >= 200 });
        test.Processes.RefuseStart = null;
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web") is { ProcessId: not null, EndedFor: null });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_off_restart_that_cannot_start_ends_as_the_container_was_made(bool autoRemove)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.RunAsync("web", autoRemove: autoRemove)).Id;
        await BreakOffAsync(test, web, EndPurpose.Restart, ended: true);
        test.Processes.RefuseStart = Refusal;
        await test.Controller.RecoverAsync(default);
        await Eventually.HoldsAsync(() => autoRemove
            ? test.Controller.Sandboxes.Count == 0
            : test.Controller.FindSandbox("web") is { State: SandboxState.Exited, IsRestarting: false, EndedFor: null });
    }

    [Fact]
    public async Task A_daemon_that_ends_while_it_carries_on_a_restart_leaves_it_to_the_next()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.RunAsync("web")).Id;
        await BreakOffAsync(test, web, EndPurpose.Restart, ended: false);
        Task asked = KeepFromEnding(test);
        await test.Controller.RecoverAsync(default);
        await asked;
        await test.RestartAsync();
        Assert.Equal(EndPurpose.Restart, test.StoredAsItIs()[web].EndedFor);

        test.Processes.End(web, 0);
        await test.Controller.RecoverAsync(default);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web") is { ProcessId: not null, EndedFor: null });
    }

    [Fact]
    public async Task A_stop_and_not_a_restart_has_the_last_word_while_a_broken_off_restart_waits_for_the_end()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.RunAsync("web")).Id;
        await BreakOffAsync(test, web, EndPurpose.Restart, ended: false);
        Task asked = KeepFromEnding(test);
        await test.Controller.RecoverAsync(default);
        await asked;
        await test.Controller.StopSandbox("web", TimeSpan.Zero, signal: null).RunAsync(default).WaitAsync(TimeSpan.FromSeconds(30));
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Sandbox stopped = test.Controller.FindSandbox("web");
        Assert.Equal((SandboxState.Exited, false, null), (stopped.State, stopped.IsRestarting, stopped.EndedFor));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_kill_that_hastens_a_restart_does_not_keep_it_from_starting(bool autoRemove)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.RunAsync("web", autoRemove: autoRemove)).Id;
        var ended = new TaskCompletionSource();
        Task asked = KeepFromEnding(test, ended.Task);
        Task restart = test.Controller.RestartSandboxAsync("web", TimeSpan.FromMinutes(5), signal: null);
        await asked;
        await test.Controller.SignalSandboxAsync("web", 9, default);
        ended.SetResult();
        await restart;
        Assert.True(test.Processes.IsAlive(web));
        Assert.Equal(2, test.Processes.Started.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_purpose_is_stored_before_the_end_also_of_a_container_without_a_command(bool hasCommand)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.CreateAsync("web", run: hasCommand)).Id;
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        var purposes = new List<EndPurpose?>();
        test.Processes.BeforeEnd = () =>
        {
            if (test.Processes.IsAlive(web))
            {
                purposes.Add(test.StoredAsItIs()[web].EndedFor);
            }

            return Task.CompletedTask;
        };
        await test.Controller.RestartSandboxAsync("web", TimeSpan.Zero, signal: null);
        Assert.Null(test.StoredAsItIs()[web].EndedFor);
        await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
        Assert.Equal([EndPurpose.Restart, EndPurpose.Removal], purposes);
        Assert.Empty(test.StoredAsItIs().Sandboxes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_off_removal_that_fails_is_tried_again(bool ended)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.RunAsync("web")).Id;
        await BreakOffAsync(test, web, EndPurpose.Removal, ended);
        test.Processes.RefuseEnd = _ => Refusal;
        Assert.Equal([Refusal.Message], (await test.Controller.RecoverAsync(default)).Problems);
        test.Processes.RefuseEnd = _ => null;
        if (!ended)
        {
            test.Processes.End(web, 0);
        }

        await Eventually.HoldsAsync(() => test.Controller.Sandboxes.Count == 0);
        Assert.Empty(test.StoredAsItIs().Sandboxes);
    }

    [Fact]
    public async Task A_removal_that_waits_for_its_turn_is_void_when_the_container_is_started()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.RunAsync("web")).Id;
        await BreakOffAsync(test, web, EndPurpose.Removal, ended: true);
        test.Processes.RefuseEnd = _ => Refusal;
        test.Processes.RefuseWait = _ => Refusal;
        await test.Controller.RecoverAsync(default);
        Assert.Equal(EndPurpose.Removal, test.Controller.FindSandbox("web").EndedFor);

        test.Processes.RefuseStart = Refusal;
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.StartSandbox("web", attach: false).RunAsync(default));
        Assert.Null(test.StoredAsItIs()[web].EndedFor);
        test.Processes.RefuseEnd = _ => null;
        test.Processes.RefuseWait = _ => null;
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("web").State);
    }

    [Fact]
    public async Task What_could_not_follow_the_end_of_one_run_does_not_befall_the_next()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = new HurriedTime() });
        SandboxId web = (await test.RunAsync("web")).Id;
        await BreakOffAsync(test, web, EndPurpose.Removal, ended: true);
        int waits = 0;
        test.Processes.RefuseEnd = _ => Refusal;
        test.Processes.RefuseWait = _ => ++waits > 0 ? Refusal : null;
        await test.Controller.RecoverAsync(default);
        await Eventually.HoldsAsync(() => waits > 1);
        test.Processes.BeforeStart = async () =>
        {
            test.Processes.RefuseWait = _ => null;
            await Task.Delay(TimeSpan.FromSeconds(1)); // longer than until the next attempt by this clock
        };
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        Assert.Equal(SandboxState.Running, test.Controller.FindSandbox("web").State);
        Assert.True(test.Processes.IsAlive(web));
    }

    [Fact]
    public async Task An_end_that_cannot_be_waited_for_is_waited_for_again()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.RunAsync("web")).Id;
        await test.RestartAsync();
        test.Processes.RefuseWait = _ => Refusal; // a process waits in the kernel
        await test.Controller.RecoverAsync(default);
        test.Processes.End(web, 3);
        await Eventually.HoldsAsync(() => test.Log.Warnings.Any(warning => warning.Contains(Refusal.Message, StringComparison.Ordinal)));
        test.Processes.RefuseWait = _ => null;
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web") is { State: SandboxState.Exited, ExitCode: 3 });
    }

    [Theory]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 0)]
    [InlineData(false, false, 1)]
    public async Task A_first_start_that_was_broken_off_ends_as_the_container_was_made(bool isRestarted, bool autoRemove, int left)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.Controller.CreateSandbox(new SandboxCreateRequest
        {
            Name = "web",
            RestartPolicy = isRestarted ? Always : null,
            AutoRemove = autoRemove,
            Process = new ProcessConfig { Command = ["true"] },
        }).RunAsync(default)).Id;
        var edit = new ModelEdit(test.StoredAsItIs());
        edit.Put(edit.Now[web] with { State = SandboxState.Running });
        test.Store.Save(edit.ToChange());
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        await Eventually.HoldsAsync(() => test.Controller.Sandboxes.Count(sandbox => sandbox.ProcessId is null) == left);
        Assert.Equal(autoRemove ? 0 : 1, test.Controller.Sandboxes.Count);
        Assert.All(
            test.Controller.Sandboxes,
            sandbox => Assert.Equal(isRestarted ? SandboxState.Running : SandboxState.Created, sandbox.State));
    }

    [Fact]
    public async Task Mending_goes_on_while_a_void_purpose_cannot_be_taken_out_of_the_store()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.RunAsync("web")).Id;
        test.Processes.RefuseEnd = _ =>
        {
            test.Store.IsFull = true;
            return Refusal;
        };
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveSandbox("web", force: true).RunAsync(default));
        Dictionary<string, DesiredObject> kernel = new(test.Engine.Kernel);
        test.Engine.Kernel.Remove(test.Object<RouteObject>("route:web:0.0.0.0/0").Key);
        MendingReport report = await test.Controller.MendAsync(endsUnknown: false, default);
        Assert.Equal(kernel, test.Engine.Kernel);
        Assert.Equal((false, "the disk is full"), (report.IsDone, Assert.Single(report.Problems)));

        test.Store.IsFull = false;
        Assert.True((await test.Controller.MendAsync(endsUnknown: false, default)).IsDone);
        Assert.Null(test.StoredAsItIs()[web].EndedFor);
    }

    // The first command that is told to end does so when this has ended, later ones at once. The result ends when it is told to.
    private static Task KeepFromEnding(ControllerUnderTest test, Task? until = null)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        test.Processes.BeforeEnd = () => asked.TrySetResult() ? until ?? new TaskCompletionSource().Task : Task.CompletedTask;
        return asked.Task;
    }
}
