using Net.Kernel.Steps;
using Net.Linux;

namespace Net.Tests.Unit.Kernel;

public sealed class UndoLogTests
{
    [Fact]
    public void What_was_done_is_taken_back_the_last_first_and_failures_do_not_stop_it()
    {
        var done = new List<string>();
        var log = new UndoLog();
        log.Push("first", () => done.Add("first"));
        log.Push("second", () => throw new IOException("stuck"));
        log.Push("third", () => done.Add("third"));

        Assert.Equal(["second: stuck"], log.RollBack());
        Assert.Equal(["third", "first"], done);
        Assert.Empty(log.RollBack());
    }

    [Fact]
    public void What_is_gone_already_is_taken_back()
    {
        var log = new UndoLog();
        log.Push("delete", () => throw new LinuxException("delete", Errno.NoEntry));
        Assert.Empty(log.RollBack());
    }
}
