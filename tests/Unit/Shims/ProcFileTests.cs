using Net.Linux.Mounts;
using Net.Linux.Processes;

namespace Net.Tests.Unit.Shims;

public sealed class ProcFileTests
{
    [Fact]
    public void A_process_is_read_and_knows_its_parent_and_session()
    {
        ProcessStatus self = ProcessStatus.Read(Environment.ProcessId)!.Value;
        Assert.True(self.IsRunning);
        Assert.True(self.ParentId > 0);
        Assert.Equal(self.StartTicks, ProcessIdentity.Of(Environment.ProcessId)!.Value.StartTicks);
        Assert.Null(ProcessStatus.Read(int.MaxValue));
    }

    [Fact]
    public void An_id_that_was_used_again_is_not_the_same_process()
    {
        ProcessIdentity self = ProcessIdentity.Of(Environment.ProcessId)!.Value;
        Assert.True(self.IsRunning);
        Assert.False((self with { StartTicks = self.StartTicks - 1 }).IsRunning);
    }

    [Fact]
    public void Descendants_are_found_at_any_depth_and_zombies_only_passed_through()
    {
        ProcessStatus[] all =
        [
            new(2, 'S', 1, 2, 0), new(3, 'Z', 2, 2, 0), new(4, 'R', 3, 4, 0), new(5, 'S', 1, 5, 0), new(6, 'D', 4, 4, 0),
        ];
        Assert.Equal([4, 6], ProcessTree.Descendants(all, 2).Select(process => process.Id));
    }

    [Fact]
    public void Mounts_are_read_with_their_escapes_and_propagation()
    {
        IReadOnlyList<MountEntry> mounts = MountEntry.ReadAll();
        Assert.Contains(mounts, mount => mount.Target == "/proc" && mount.Type == "proc");
    }
}
