using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Controller;

/// <summary>Waiting for containers: which exit a wait gets, whenever it begins.</summary>
public sealed class WaitTests
{
    private static readonly SandboxRestartPolicy Always = new() { Kind = RestartKind.Always };

    [Fact]
    public async Task Whenever_a_wait_begins_after_an_exit_it_gets_the_exit_of_the_command_that_is_started_then()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Processes.BeforeStart = () => Task.Delay(Random.Shared.Next(5)); // the start and the watching of the command are apart
        await Task.WhenAll(Enumerable.Range(0, 50).Select(round => Task.Run(() => RoundAsync(test, $"c{round}"))));
    }

    [Fact]
    public async Task A_wait_goes_on_over_starts_that_fail_and_ends_with_a_stop_or_a_removal()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = await RunAsync(test, "c", Always);
        test.Processes.RefuseStart = new CnmException(CnmErrorKind.CommandNotFound, "no such command");
        test.Processes.End(id, 5);
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("c") is { IsRestarting: true, RestartDelay: >= 200 });
        Task<int>[] waits =
        [
            .. await Task.WhenAll(
                Enum.GetValues<WaitCondition>().Select(condition => test.Controller.BeginWaitAsync("c", condition, default))),
        ];
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));
        await test.Controller.StopSandbox("c", TimeSpan.Zero, signal: null).RunAsync(default);
        Assert.Equal((5, 5), (await waits[0], await waits[1]));
        await test.Controller.RemoveSandbox("c", force: false).RunAsync(default);
        Assert.Equal(5, await waits[2]);

        test.Processes.RefuseStart = null;
        id = await RunAsync(test, "d", new SandboxRestartPolicy { Kind = RestartKind.OnFailure, MaximumRetries = 1 });
        test.Processes.RefuseStart = new CnmException(CnmErrorKind.CommandNotFound, "no such command");
        test.Processes.End(id, 6);
        Assert.Equal(6, await test.Controller.WaitSandboxAsync("d", default).WaitAsync(TimeSpan.FromMinutes(1)));
        await Eventually.HoldsAsync(() => !test.Controller.FindSandbox("d").IsRestarting);
        Assert.Equal(6, await test.Controller.WaitSandboxAsync("d", default));
    }

    [Fact]
    public async Task The_next_exit_can_be_waited_for_before_the_start_and_is_not_that_of_a_start_that_fails()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = (await test.CreateAsync("c", run: true)).Id;
        Task<int> next = await test.Controller.BeginWaitAsync("c", WaitCondition.NextExit, default);
        Assert.Equal(0, await test.Controller.WaitSandboxAsync("c", default)); // it does not run
        for (int round = 0; round < 50; round++)
        {
            test.Processes.RefuseStart = new CnmException(CnmErrorKind.CommandNotFound, "no such command");
            await Assert.ThrowsAsync<CnmException>(() => test.Controller.StartSandbox("c", attach: false).RunAsync(default));
            test.Processes.RefuseStart = null;
            Assert.False(next.IsCompleted);
            await test.Controller.StartSandbox("c", attach: false).RunAsync(default);
            Assert.False(next.IsCompleted);
            test.Processes.End(id, 3);
            Assert.Equal(3, await next.WaitAsync(TimeSpan.FromMinutes(1)));
            next = await test.Controller.BeginWaitAsync("c", WaitCondition.NextExit, default);
        }

        next = await test.Controller.BeginWaitAsync("c", WaitCondition.NextExit, default);
        await test.Controller.RemoveSandbox("c", force: false).RunAsync(default);
        Assert.Equal(3, await next.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_wait_that_begins_while_a_start_is_under_way_that_fails_ends_with_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("c", run: true);
        Task<int>? wait = null;
        test.Processes.BeforeStart = async () =>
        {
            wait = await test.Controller.BeginWaitAsync("c", WaitCondition.NotRunning, default);
            Assert.False(wait.IsCompleted);
            throw new CnmException(CnmErrorKind.CommandNotFound, "no such command");
        };
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.StartSandbox("c", attach: false).RunAsync(default));
        await wait!.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_removal_is_waited_for_until_it_is_done_and_gives_the_last_exit_code()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = (await test.RunAsync("c", autoRemove: true)).Id;
        Task<int> removed = await test.Controller.BeginWaitAsync("c", WaitCondition.Removed, default);
        test.Processes.End(id, 4);
        Assert.Equal(4, await removed.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Null(test.Controller.Snapshot.Find(id));

        await test.RunAsync("d");
        removed = await test.Controller.BeginWaitAsync("d", WaitCondition.Removed, default);
        Task<int> reset = await test.Controller.BeginWaitAsync("d", WaitCondition.NotRunning, default);
        await test.Controller.ResetAsync(default);
        Assert.Equal((137, 137), (await removed, await reset));
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.BeginWaitAsync("d", WaitCondition.Removed, default));
    }

    // Three runs; from the exit of one to the start of the next, waits begin all the time.
    private static async Task RoundAsync(ControllerUnderTest test, string name)
    {
        SandboxId id = await RunAsync(test, name, Always);
        var waits = new List<(int Wanted, Task<int> Wait)>();
        for (int code = 1; code <= 3; code++)
        {
            test.Processes.End(id, code);
            await Eventually.HoldsAsync(() => test.Controller.FindSandbox(name) is var c && (c.ExitCode == code || c.RestartCount == code));
            do
            {
                waits.Add((code + 1, await test.Controller.BeginWaitAsync(name, WaitCondition.NotRunning, default)));
                await Task.Delay(1);
            }
            while (test.Controller.FindSandbox(name) is not { State: SandboxState.Running, ProcessId: not null });
        }

        waits.Add((4, await test.Controller.BeginWaitAsync(name, WaitCondition.NextExit, default)));
        test.Processes.End(id, 4);
        foreach ((int wanted, Task<int> wait) in waits)
        {
            Assert.Equal(wanted, await wait.WaitAsync(TimeSpan.FromMinutes(1)));
        }

        await test.Controller.RemoveSandbox(name, force: true).RunAsync(default);
    }

    private static async Task<SandboxId> RunAsync(ControllerUnderTest test, string name, SandboxRestartPolicy policy)
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
}
