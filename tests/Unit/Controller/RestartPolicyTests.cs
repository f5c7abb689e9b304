using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;
using Net.Controller.Rules;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Controller;

/// <summary>Restart policies: which exits they answer with a start, after which delay, and what the death of a daemon changes.</summary>
public sealed class RestartPolicyTests
{
    private static readonly SandboxRestartPolicy Always = new() { Kind = RestartKind.Always };
    private static readonly SandboxRestartPolicy UnlessStopped = new() { Kind = RestartKind.UnlessStopped };
    private static readonly SandboxRestartPolicy Twice = new() { Kind = RestartKind.OnFailure, MaximumRetries = 2 };

    [Fact]
    public void The_delay_doubles_from_100_ms_to_a_minute_and_begins_anew_after_a_run_of_ten_seconds()
    {
        Sandbox sandbox = Exited(Always, seconds: 1);
        var delays = new List<int>();
        for (int i = 0; i < 12; i++)
        {
            sandbox = RestartRule.AfterExit(sandbox);
            Assert.True(sandbox.IsRestarting);
            delays.Add(sandbox.RestartDelay);
        }

        Assert.Equal([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000, 60_000], delays);
        Assert.Equal(100, RestartRule.AfterExit(sandbox with { Finished = sandbox.Started!.Value.AddSeconds(10) }).RestartDelay);
    }

    [Fact]
    public void Each_policy_answers_its_exits_and_none_answers_a_stop()
    {
        var failures = new SandboxRestartPolicy { Kind = RestartKind.OnFailure };
        Assert.False(RestartRule.AfterExit(Exited(null, 1)).IsRestarting);
        Assert.True(RestartRule.AfterExit(Exited(failures, 1) with { RestartCount = 1000 }).IsRestarting);
        Assert.False(RestartRule.AfterExit(Exited(failures, 1) with { ExitCode = 0 }).IsRestarting);
        Assert.True(RestartRule.AfterExit(Exited(Twice, 1) with { RestartCount = 1 }).IsRestarting);
        Assert.False(RestartRule.AfterExit(Exited(Twice, 1) with { RestartCount = 2 }).IsRestarting);
        Assert.All((SandboxRestartPolicy[])[Always, UnlessStopped], policy =>
        {
            Assert.True(RestartRule.AfterExit(Exited(policy, 1) with { ExitCode = 0 }).IsRestarting);
            Assert.False(RestartRule.AfterExit(Exited(policy, 1) with { StoppedByUser = true }).IsRestarting);
        });
    }

    [Fact]
    public async Task A_command_that_fails_is_started_as_often_as_asked_and_counted()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = await RunAsync(test, Twice);
        for (int count = 1; count <= 2; count++)
        {
            test.Processes.End(id, 3);
            int wanted = count;
            await Eventually.HoldsAsync(
                () => test.Controller.FindSandbox("web") is { State: SandboxState.Running, ProcessId: not null } web
                    && web.RestartCount == wanted);
        }

        test.Processes.End(id, 3);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web").State == SandboxState.Exited);
        Assert.False(test.Controller.FindSandbox("web").IsRestarting);
        Assert.Equal(3, test.Processes.Started.Count);

        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        Assert.Equal(0, test.Controller.FindSandbox("web").RestartCount);
    }

    [Fact]
    public async Task What_exits_while_no_daemon_runs_is_started_by_the_next_one()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = await RunAsync(test, UnlessStopped);
        await test.Controller.DisposeAsync();
        test.Processes.End(id, 0);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);

        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web") is { State: SandboxState.Running, ProcessId: not null });
        Assert.Equal(1, test.Controller.FindSandbox("web").RestartCount);
    }

    [Fact]
    public async Task A_stop_is_for_good_but_for_the_policy_always_at_the_next_start_of_the_daemon()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await RunAsync(test, UnlessStopped, "web");
        await RunAsync(test, Always, "app");
        await RunAsync(test, new SandboxRestartPolicy { Kind = RestartKind.OnFailure }, "job");
        foreach (string name in (string[])["web", "app", "job"])
        {
            await test.Controller.StopSandbox(name, TimeSpan.Zero, signal: null).RunAsync(default);
        }

        Assert.All(test.Controller.Sandboxes, s => Assert.Equal((SandboxState.Exited, false), (s.State, s.IsRestarting)));
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("app").State == SandboxState.Running);
        Assert.Equal(0, test.Controller.FindSandbox("app").RestartCount);
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("web").State);
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("job").State);
        Assert.Equal(4, test.Processes.Started.Count);
    }

    [Fact]
    public async Task One_that_cannot_be_started_is_tried_again_until_it_can()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = await RunAsync(test, Always);
        test.Processes.RefuseStart = new CnmException(CnmErrorKind.CommandNotFound, "no such command");
        test.Processes.End(id, 0);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web").RestartDelay >= 400);
        test.Processes.RefuseStart = null;
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web") is { State: SandboxState.Running, ProcessId: not null });
    }

    [Fact]
    public async Task One_that_waits_is_stopped_by_a_stop_and_removed_by_force_alone()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = await RunAsync(test, Always);
        test.Processes.RefuseStart = new CnmException(CnmErrorKind.CommandNotFound, "no such command");
        test.Processes.End(id, 5);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web").IsRestarting);

        CnmException refused = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.RemoveSandbox("web", force: false).RunAsync(default));
        Assert.Contains("container is restarting: stop the container before removing", refused.Message, StringComparison.Ordinal);
        Assert.True(await test.Controller.StopSandbox("web", TimeSpan.Zero, signal: null).RunAsync(default));
        Assert.False(test.Controller.FindSandbox("web").IsRestarting);
        Assert.Equal(5, test.Controller.FindSandbox("web").ExitCode);
        await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
    }

    [Fact]
    public async Task One_that_was_stopped_to_be_restarted_and_cannot_be_started_stays_down_as_with_docker()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await RunAsync(test, Always);
        test.Processes.RefuseStart = new CnmException(CnmErrorKind.CommandNotFound, "no such command");
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.RestartSandboxAsync("web", TimeSpan.Zero, signal: null));
        Sandbox web = test.Controller.FindSandbox("web");
        Assert.Equal((SandboxState.Exited, false, true), (web.State, web.IsRestarting, web.StoppedByUser));

        test.Processes.RefuseStart = null;
        await test.Controller.RestartSandboxAsync("web", TimeSpan.Zero, signal: null);
        Assert.False(test.Controller.FindSandbox("web").StoppedByUser);
    }

    [Fact]
    public async Task A_policy_can_be_given_later_but_not_to_a_container_that_its_end_removes()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = (await test.RunAsync("web")).Id;
        await test.RunAsync("gone", autoRemove: true);
        await test.Controller.UpdateSandbox("web", Always).RunAsync(default);
        test.Processes.End(id, 0);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web").RestartCount == 1);

        await Assert.ThrowsAsync<CnmException>(() => test.Controller.UpdateSandbox("gone", Always).RunAsync(default));
        CnmException both = await Assert.ThrowsAsync<CnmException>(() => test.Controller.CreateSandbox(
            new SandboxCreateRequest { Name = "both", AutoRemove = true, RestartPolicy = Always }).RunAsync(default));
        Assert.Equal("can't create 'AutoRemove' container with restart policy", both.Message);
    }

    private static async Task<SandboxId> RunAsync(ControllerUnderTest test, SandboxRestartPolicy policy, string name = "web")
    {
        SandboxCreated created = await test.Controller.CreateSandbox(new SandboxCreateRequest
        {
            Name = name,
            RestartPolicy = policy,
            Process = new ProcessConfig { Command = ["true"] },
        }).RunAsync(default);
        await test.Controller.StartSandbox(name, attach: false).RunAsync(default);
        return created.Id;
    }

    private static Sandbox Exited(SandboxRestartPolicy? policy, int seconds) => new()
    {
        Id = SandboxId.New(),
        Name = "web",
        HostName = "web",
        Created = DateTimeOffset.UnixEpoch,
        State = SandboxState.Exited,
        RestartPolicy = policy,
        Started = DateTimeOffset.UnixEpoch,
        Finished = DateTimeOffset.UnixEpoch.AddSeconds(seconds),
        ExitCode = 1,
    };
}
