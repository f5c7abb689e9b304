using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Linux.Cgroups;
using Net.Linux.Processes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Shims;

/// <summary>Pausing the processes of a sandbox, by the freezer and by signals.</summary>
public sealed class PauseTests
{
    // A process that starts others all the time, one that has left its session, and the main command.
    private const string Busy = "setsid sleep 51.25 & (while :; do /bin/true; done) & echo ready; while :; do /bin/true; done";

    [KernelFact]
    public async Task The_freezer_holds_up_every_process_and_lets_each_go_on_where_it_was()
    {
        await using var host = new ShimHost();
        SandboxId id = await BusyAsync(host);
        int main = await MainAsync(host, id);
        string before = ControlGroup.PathOf(main)!;
        ControlGroup group = ControlGroup.Of(main)!.Child($"netctl-{id}");

        await host.Processes.PauseAsync(id, default);
        await host.Processes.PauseAsync(id, default);
        Assert.Contains("frozen 1", File.ReadAllLines(Path.Combine(group.Directory, "cgroup.events")));
        Assert.Equal(Tree(main), group.ProcessIds.Order());
        Assert.True(group.ProcessIds.Count >= 3);

        host.Restart();
        await host.Processes.UnpauseAsync(id, default);
        Assert.False(Directory.Exists(group.Directory));
        Assert.Equal(before, ControlGroup.PathOf(main));
        await host.Processes.UnpauseAsync(id, default); // no error when nothing is paused
    }

    [KernelFact]
    public async Task Signals_stop_every_process_where_another_program_has_made_groups_of_its_own()
    {
        await using var host = new ShimHost();
        SandboxId id = await BusyAsync(host);
        int main = await MainAsync(host, id);
        ControlGroup foreign = ControlGroup.Of(main)!.Child($"netctl-test-{id.Short}");
        foreign.Create();
        try
        {
            foreign.Add(main);
            await host.Processes.PauseAsync(id, default);
            Assert.All(Tree(main), process => Assert.Equal('T', ProcessStatus.Read(process)!.Value.State));
            Assert.True(Tree(main).Count() >= 3);

            host.Restart();
            await host.Processes.UnpauseAsync(id, default);
            Assert.DoesNotContain('T', Tree(main).Select(process => ProcessStatus.Read(process)?.State));
        }
        finally
        {
            await host.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, default);
            Assert.True(foreign.TryRemove());
        }
    }

    [KernelFact]
    public async Task A_paused_sandbox_that_is_killed_leaves_no_group()
    {
        await using var host = new ShimHost();
        SandboxId id = await BusyAsync(host);
        int main = await MainAsync(host, id);
        ControlGroup group = ControlGroup.Of(main)!.Child($"netctl-{id}");
        await host.Processes.PauseAsync(id, default);
        Assert.True(group.Exists);

        Signals.Send(main, Signals.Kill);
        Assert.Equal(128 + Signals.Kill, (await host.WaitAsync(id)).ExitCode);
        Assert.False(Directory.Exists(group.Directory));
        Assert.False(ShimHost.AnyRuns("51.25"));
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => host.Processes.PauseAsync(id, default));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
    }

    private static async Task<SandboxId> BusyAsync(ShimHost host)
    {
        SandboxId id = await host.StartAsync(Busy);
        await using IProcessStreams streams = await host.Processes.AttachAsync(id, default);
        await ShimHost.ReadUntilAsync(streams, "ready");
        return id;
    }

    private static async Task<int> MainAsync(ShimHost host, SandboxId id) =>
        (await host.Processes.ReadStateAsync(id, default))!.ProcessId!.Value;

    // All that descends from the shim, the parent of the main command.
    private static IEnumerable<int> Tree(int main)
    {
        IReadOnlyList<ProcessStatus> all = ProcessStatus.ReadAll();
        return ProcessTree.Descendants(all, all.First(process => process.Id == main).ParentId).Select(process => process.Id).Order();
    }
}
