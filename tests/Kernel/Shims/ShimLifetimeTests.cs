using Microsoft.Extensions.Time.Testing;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Linux.Processes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Shims;

public sealed class ShimLifetimeTests
{
    [KernelFact]
    public async Task The_end_of_the_main_command_ends_what_it_left_running()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("setsid sleep 41.25 & (setsid sh -c 'sleep 41.26; :' &) ; sleep 0.1; echo end; exit 4");
        Assert.Equal(("end\n", "", 4), await host.OutcomeAsync(id));
        Assert.False(ShimHost.AnyRuns("41.25"));
        Assert.False(ShimHost.AnyRuns("41.26"));
    }

    [KernelFact]
    public async Task A_reader_that_is_late_is_told_the_exit_code_even_when_the_sandbox_has_been_forgotten()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("read x; echo end; exit 4");
        await using IProcessStreams streams = await host.Processes.AttachAsync(id, default);
        await host.WaitAsync(id);
        host.Processes.RemoveFiles(id);

        Assert.Equal(("end\n", "", 4), await ShimHost.ReadToEndAsync(streams));
    }

    [KernelFact]
    public async Task Who_asks_for_something_while_a_shim_starts_does_not_end_it()
    {
        await using var host = new ShimHost();
        using var over = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        for (int i = 0; i < 20; i++)
        {
            SandboxId id = host.NewId();
            Task asker = Task.Run(() => AskAsync(id));
            await host.Processes.StartAsync(new SandboxProcessSpec { Sandbox = id, Process = ShimHost.Shell("exit 4") }, default);
            Assert.Equal(4, (await host.WaitAsync(id)).ExitCode);
            await asker;
        }

        // Until the shim answers: at first there is none.
        async Task AskAsync(SandboxId id)
        {
            for (bool isAnswered = false; !isAnswered && !over.IsCancellationRequested;)
            {
                try
                {
                    await host.Processes.SignalAsync(id, Signals.Continue, default);
                    isAnswered = true;
                }
                catch (CnmException)
                {
                    isAnswered = (await host.Processes.ReadStateAsync(id, default))?.ExitCode is not null;
                }
            }
        }
    }

    [KernelFact]
    public async Task Stop_sends_the_signal_and_after_the_grace_time_kills_all()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("trap 'echo asked' TERM; setsid sleep 42.25 & echo ready; while :; do sleep 0.05; done");
        await using (IProcessStreams streams = await host.Processes.AttachAsync(id, default))
        {
            await ShimHost.ReadUntilAsync(streams, "ready");

            // Long enough for the shell to get its turn on a busy machine.
            var grace = TimeSpan.FromSeconds(3);
            long start = TimeProvider.System.GetTimestamp();
            await host.Processes.StopAsync(id, Signals.Terminate, grace, default);
            Assert.True(TimeProvider.System.GetElapsedTime(start) >= grace - TimeSpan.FromMilliseconds(10));
            Assert.Contains("asked", (await ShimHost.ReadToEndAsync(streams)).Output, StringComparison.Ordinal);
        }

        SandboxProcessState state = await host.WaitAsync(id);
        Assert.Equal(128 + Signals.Kill, state.ExitCode);
        Assert.False(ShimHost.Runs(state.ProcessId!.Value));
        Assert.False(ShimHost.AnyRuns("42.25"));
        await host.Processes.StopAsync(id, Signals.Terminate, TimeSpan.Zero, default); // no error when nothing runs
    }

    [KernelFact]
    public async Task A_stop_that_another_daemon_begins_leaves_the_command_the_grace_time_that_it_was_given()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("trap 'echo asked' TERM; echo ready; while :; do sleep 0.05; done");
        await using IProcessStreams streams = await host.Processes.AttachAsync(id, default);
        await ShimHost.ReadUntilAsync(streams, "ready");
        using var end = new CancellationTokenSource();
        Task stop = host.Processes.StopAsync(id, Signals.Terminate, TimeSpan.FromMinutes(5), end.Token);
        await ShimHost.ReadUntilAsync(streams, "asked");
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop);

        host.Restart();
        await host.Processes.BeginStopAsync(id, Signals.Kill, TimeSpan.Zero, default);
        await using IProcessStreams later = await host.Processes.ExecAsync(id, ShimHost.Program("true"), default);
        Assert.Equal(0, (await ShimHost.ReadToEndAsync(later)).ExitCode); // the shim has read what came before
        Assert.True((await host.Processes.ReadStateAsync(id, default))!.ShimAlive);

        SandboxId other = await host.StartAsync("exec sleep 42.5");
        await host.Processes.BeginStopAsync(other, Signals.Terminate, TimeSpan.FromMinutes(5), default);
        Assert.Equal(128 + Signals.Terminate, (await host.WaitAsync(other)).ExitCode);
        await host.Processes.BeginStopAsync(other, Signals.Terminate, TimeSpan.Zero, default); // no error when nothing runs
    }

    [KernelFact]
    public async Task Another_daemon_finds_the_command_its_output_and_its_exit_code()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Shell("echo before; read x; echo after; exit 9") with { OpenStandardInput = true });
        host.Restart();

        SandboxProcessState state = (await host.Processes.ReadStateAsync(id, default))!;
        Assert.True(state.ShimAlive);
        Assert.Null(state.ExitCode);
        Task<SandboxProcessState> waiting = host.WaitAsync(id);
        await using IProcessStreams streams = await host.Processes.AttachAsync(id, default);
        await ShimHost.ReadUntilAsync(streams, "before");
        await streams.WriteAsync(new StreamFrame(StreamKind.StandardInput, "\n"u8.ToArray()), default);
        Assert.Equal(("after\n", "", 9), await ShimHost.ReadToEndAsync(streams));
        Assert.Equal(9, (await waiting).ExitCode);

        host.Restart();
        Assert.Equal(9, (await host.Processes.ReadStateAsync(id, default))!.ExitCode);
        Assert.Equal("before\nafter\n", (await host.OutcomeAsync(id)).Output);
    }

    [KernelFact]
    public async Task Shim_is_in_a_session_of_its_own_and_is_reaped_when_it_ends()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("read x < /dev/zero; sleep 1000");
        int shim = ProcessStatus.Read((await host.Processes.ReadStateAsync(id, default))!.ProcessId!.Value)!.Value.ParentId;
        Assert.Equal(shim, ProcessStatus.Read(shim)!.Value.SessionId);
        await host.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, default);
        Assert.True(SpinWait.SpinUntil(() => ProcessStatus.Read(shim) is null, TimeSpan.FromSeconds(10)));
    }

    [KernelFact]
    public async Task When_the_shim_was_killed_the_exit_code_is_unknown_and_what_it_held_ends()
    {
        await using var host = new ShimHost();
        FileMount hosts = host.NewFile("/etc/hosts", "192.0.2.1 x\n");
        SandboxId id = await host.StartAsync(
            ShimHost.Shell("setsid sleep 43.25 & setsid sleep 43.25 & echo ready; sleep 43.25"), host.NewNamespace(), "h", hosts);
        await using (IProcessStreams streams = await host.Processes.AttachAsync(id, default))
        {
            await ShimHost.ReadUntilAsync(streams, "ready");
        }

        int main = (await host.Processes.ReadStateAsync(id, default))!.ProcessId!.Value;
        Signals.Send(ProcessStatus.Read(main)!.Value.ParentId, Signals.Kill);
        SandboxProcessState state = await host.WaitAsync(id);
        Assert.Equal((false, main, (int?)null), (state.ShimAlive, state.ProcessId, state.ExitCode));
        Assert.NotNull(state.Finished);
        Assert.False(ShimHost.AnyRuns("43.25"));
        Assert.Contains("its shim was killed", Assert.Single(host.Notices), StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task A_stop_and_a_watch_that_both_find_a_shim_killed_do_not_get_into_each_others_way()
    {
        for (int round = 0; round < 20; round++)
        {
            await using var host = new ShimHost();
            SandboxId id = await host.StartAsync("exec sleep 43.9");
            Task<SandboxProcessState> watch = host.WaitAsync(id);
            int main = (await host.Processes.ReadStateAsync(id, default))!.ProcessId!.Value;
            Signals.Send(ProcessStatus.Read(main)!.Value.ParentId, Signals.Kill);
            await Task.WhenAll(watch, host.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, default));
            Assert.False(ShimHost.AnyRuns("43.9"));
            Assert.Equal(["shim.log", "shim.sock", "state.json", "state.reserve"], Directory.GetFiles(Path.Combine(host.Shims, id.Value))
                .Select(Path.GetFileName).Order());
        }
    }

    [KernelFact]
    public async Task A_sandbox_that_has_the_namespace_number_of_one_whose_shim_was_killed_is_left_alone()
    {
        await using var host = new ShimHost();
        SandboxId killed = await host.StartAsync("exec sleep 43.6");
        SandboxId other = await host.StartAsync("exec sleep 43.6");
        int main = await MainAsync(killed);
        int shim = ProcessStatus.Read(main)!.Value.ParentId;
        string number = $"{ProcessNamespace.Read(shim, ProcessNamespace.Uts)}";
        string given = $"{ProcessNamespace.Read(await MainAsync(other), ProcessNamespace.Uts)}";
        Signals.Send(shim, Signals.Kill);
        Signals.Send(main, Signals.Kill);

        // The kernel gives the number to the next namespace that anybody makes; here the record gets the number that the other has.
        string file = Path.Combine(host.Shims, killed.Value, "state.json");
        string record = await File.ReadAllTextAsync(file);
        Assert.Contains(number, record, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, record.Replace(number, given, StringComparison.Ordinal));

        await host.Processes.StopAsync(killed, Signals.Kill, TimeSpan.Zero, default);
        Assert.True(ShimHost.Runs(await MainAsync(other)));
        Assert.True((await host.Processes.ReadStateAsync(other, default))!.ShimAlive);

        async Task<int> MainAsync(SandboxId id) => (await host.Processes.ReadStateAsync(id, default))!.ProcessId!.Value;
    }

    [KernelFact]
    public async Task In_host_mode_what_a_killed_shim_held_ends_too_even_what_left_its_session_and_its_parent()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("(setsid sleep 43.5 &) ; echo ready; sleep 43.5");
        await using (IProcessStreams streams = await host.Processes.AttachAsync(id, default))
        {
            await ShimHost.ReadUntilAsync(streams, "ready");
        }

        int main = (await host.Processes.ReadStateAsync(id, default))!.ProcessId!.Value;
        Signals.Send(ProcessStatus.Read(main)!.Value.ParentId, Signals.Kill);
        host.Restart(); // nobody watched: a daemon that starts later stops it
        await host.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, default);
        Assert.False(ShimHost.AnyRuns("43.5"));
    }

    [KernelFact]
    public async Task A_shim_that_hangs_is_named_in_errors_and_killed_by_a_stop()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("echo ready; sleep 43.75");
        int main = (await host.Processes.ReadStateAsync(id, default))!.ProcessId!.Value;
        int shim = ProcessStatus.Read(main)!.Value.ParentId;
        const int Stop = 19;
        Signals.Send(shim, Stop);
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => host.Processes.ExecAsync(id, ShimHost.Program("true"), default));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Contains($"its shim (process {shim}) has not answered", error.Message, StringComparison.Ordinal);
        await host.Processes.StopAsync(id, Signals.Terminate, TimeSpan.Zero, default);
        Assert.False(ShimHost.Runs(shim));
        Assert.False(ShimHost.AnyRuns("43.75"));
        Assert.Contains($"its shim (process {shim}) did not end", host.Notices.First(), StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task When_the_shim_was_killed_what_ignores_the_signal_is_killed_after_the_grace_time()
    {
        var clock = new FakeTimeProvider();
        await using var host = new ShimHost(time: clock);
        SandboxId id = await host.StartAsync("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        await using (IProcessStreams streams = await host.Processes.AttachAsync(id, default))
        {
            await ShimHost.ReadUntilAsync(streams, "ready");
        }

        int main = (await host.Processes.ReadStateAsync(id, default))!.ProcessId!.Value;
        int shim = ProcessStatus.Read(main)!.Value.ParentId;
        Signals.Send(shim, Signals.Kill);
        Assert.True(SpinWait.SpinUntil(() => !ShimHost.Runs(shim), TimeSpan.FromSeconds(10)));

        // The wait between two looks is on the same clock, so it is moved on until the stop has seen where it stands.
        Task stop = host.Processes.StopAsync(id, Signals.Terminate, TimeSpan.FromMinutes(1), default);
        for (int second = 0; !stop.IsCompleted; second++)
        {
            Assert.True(second >= 60 || ShimHost.Runs(main), $"killed after {second} seconds");
            Assert.InRange(second, 0, 120);
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(stop, Task.Delay(second < 60 ? 1 : 1000)); // what is killed has ten seconds of this clock to end
        }

        await stop;
        Assert.False(ShimHost.Runs(main));
    }

    [KernelFact]
    public async Task Exec_runs_beside_the_command_with_its_own_streams_and_exit_code()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("sleep", "1000"), host.NewNamespace(), "execed");
        await using (IProcessStreams streams = await host.Processes.ExecAsync(
            id, ShimHost.Shell("hostname; cat; echo e >&2; exit 5") with { OpenStandardInput = true }, default))
        {
            await streams.WriteAsync(new StreamFrame(StreamKind.StandardInput, "typed\n"u8.ToArray()), default);
            await streams.WriteAsync(new StreamFrame(StreamKind.StandardInput, default), default);
            Assert.Equal(("execed\ntyped\n", "e\n", 5), await ShimHost.ReadToEndAsync(streams));
        }

        await using (IProcessStreams streams = await host.Processes.ExecAsync(
            id, ShimHost.Shell("tty; exec sleep 44.25") with { Terminal = true }, default))
        {
            Assert.Contains("/dev/pts/", await ShimHost.ReadUntilAsync(streams, "\n"), StringComparison.Ordinal);
            await host.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, default);
            Assert.Equal(128 + Signals.Kill, (await ShimHost.ReadToEndAsync(streams)).ExitCode);
        }

        Assert.False(ShimHost.AnyRuns("44.25"));
        Assert.Equal("", (await host.OutcomeAsync(id)).Output); // nothing of exec is in the log
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => host.Processes.ExecAsync(id, ShimHost.Program("true"), default));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
    }

    [KernelFact]
    public async Task Exec_of_a_command_that_does_not_exist_is_refused_and_the_sandbox_goes_on()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("sleep", "1000"));
        CnmException error =
            await Assert.ThrowsAsync<CnmException>(() => host.Processes.ExecAsync(id, ShimHost.Program("nosuch"), default));
        Assert.Equal(CnmErrorKind.CommandNotFound, error.Kind);
        Assert.True((await host.Processes.ReadStateAsync(id, default))!.ShimAlive);
    }

    [KernelFact]
    public async Task Exec_that_leaves_something_running_ends_at_once_and_what_it_left_goes_on()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("sleep", "1000"));
        await using IProcessStreams streams = await host.Processes.ExecAsync(
            id, ShimHost.Shell("(while :; do echo x; sleep 0.01; done; sleep 45.25) & sleep 45.26 & echo done"), default);
        Assert.Equal(0, (await ShimHost.ReadToEndAsync(streams)).ExitCode);

        // It goes on, though it may not have come as far as its own program yet.
        Assert.True(SpinWait.SpinUntil(() => ShimHost.AnyRuns("45.26"), TimeSpan.FromSeconds(10)));
        await host.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, default);
        Assert.False(ShimHost.AnyRuns("45.26"));
    }

    [KernelFact]
    public async Task A_sandbox_without_a_command_waits_for_exec_until_it_is_stopped()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(command: null, host.NewNamespace(), "waiting");
        await using (IProcessStreams streams = await host.Processes.ExecAsync(id, ShimHost.Program("hostname"), default))
        {
            Assert.Equal(("waiting\n", "", 0), await ShimHost.ReadToEndAsync(streams));
        }

        Assert.True((await host.Processes.ReadStateAsync(id, default))!.ShimAlive);
        await host.Processes.StopAsync(id, Signals.Terminate, TimeSpan.FromSeconds(10), default);
        SandboxProcessState state = await host.WaitAsync(id);
        Assert.Equal((false, null), (state.ShimAlive, state.ExitCode));
        Assert.NotNull(state.Finished);
    }

    [KernelFact]
    public async Task A_directory_deeper_than_a_socket_address_can_say_works()
    {
        await using var host = new ShimHost(pathLength: 200);
        Assert.Equal("deep\n", (await host.OutcomeAsync(await host.StartAsync("echo deep"))).Output);
        Assert.Equal("700\n", Command.Run("stat", "-c", "%a", host.Shims));
    }
}
