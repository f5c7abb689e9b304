using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Linux.Processes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Shims;

/// <summary>Commands that end with their connection, as the probes of a container's health do.</summary>
public sealed class ProbeTests
{
    [KernelFact]
    public async Task A_probe_gives_its_output_and_exit_code()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("sleep", "1000"));
        await using IProcessStreams probe = await host.Processes.ProbeAsync(id, ShimHost.Shell("echo out; echo err >&2; exit 3"), default);
        Assert.Equal(("out\n", "err\n", 3), await ShimHost.ReadToEndAsync(probe));
    }

    [KernelFact]
    public async Task A_probe_and_what_it_started_end_with_the_connection_and_nothing_else_does()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("sleep", "1000"));
        await using IProcessStreams other = await host.Processes.ExecAsync(id, ShimHost.Shell("echo up; sleep 1001; true"), default);
        await ShimHost.ReadUntilAsync(other, "up");
        IProcessStreams probe = await host.Processes.ProbeAsync(
            id, ShimHost.Shell("trap '' TERM HUP; (sleep 1002 &) ; setsid sleep 1003 & sh -c 'sleep 1004; true' & echo up; wait"), default);
        await ShimHost.ReadUntilAsync(probe, "up");
        await Eventually.HoldsAsync(() => ShimHost.AnyRuns("1002") && ShimHost.AnyRuns("1003") && ShimHost.AnyRuns("1004"));
        int processId = probe.ProcessId;

        await probe.DisposeAsync();

        await Eventually.HoldsAsync(() => !ShimHost.Runs(processId)
            && !ShimHost.AnyRuns("1002") && !ShimHost.AnyRuns("1003") && !ShimHost.AnyRuns("1004"));
        await Eventually.HoldsAsync(() => ShimHost.AnyRuns("1000") && ShimHost.AnyRuns("1001"));
        await host.Processes.SignalAsync(id, Signals.Terminate, default); // the shim still answers
        Assert.Equal(128 + Signals.Terminate, (await host.WaitAsync(id)).ExitCode);
    }

    [KernelFact]
    public async Task What_a_probe_leaves_running_when_it_ends_by_itself_goes_on()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("sleep", "1000"));
        await using (IProcessStreams probe = await host.Processes.ProbeAsync(id, ShimHost.Shell("sleep 1005 & exit 0"), default))
        {
            Assert.Equal(0, (await ShimHost.ReadToEndAsync(probe)).ExitCode);
        }

        // Once the shim answers another client, it has dealt with the end of the first.
        await using IProcessStreams next = await host.Processes.ProbeAsync(id, ShimHost.Program("true"), default);
        Assert.Equal(0, (await ShimHost.ReadToEndAsync(next)).ExitCode);
        await Eventually.HoldsAsync(() => ShimHost.AnyRuns("1005")); // it may still have been about to become "sleep"
    }

    [KernelFact]
    public async Task A_probe_that_ends_with_the_container_has_no_exit_code()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Program("sleep", "1000"));
        await using IProcessStreams probe = await host.Processes.ProbeAsync(id, ShimHost.Shell("echo up; sleep 1006; true"), default);
        await ShimHost.ReadUntilAsync(probe, "up");
        await host.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, default);
        Assert.Equal(("", "", null), await ShimHost.ReadToEndAsync(probe));
        Assert.False(ShimHost.AnyRuns("1006"));
    }
}
