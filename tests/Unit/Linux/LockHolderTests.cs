using Net.Linux;

namespace Net.Tests.Unit.Linux;

public sealed class LockHolderTests
{
    // proc_locks(5): a line with an arrow is a process that waits for the lock above it.
    private static readonly string[] Locks =
    [
        "1: POSIX  ADVISORY  READ 5433 08:01:7864448 128 128",
        "2: FLOCK  ADVISORY  WRITE 2001 08:01:7864554 0 EOF",
        "2: -> FLOCK  ADVISORY  WRITE 2002 08:01:7864554 0 EOF",
        "3: OFDLCK ADVISORY  READ  -1 00:06:1028 0 EOF",
        "4: POSIX  ADVISORY  WRITE 3568 fd:00:78645540 1073741826 1073742335",
    ];

    [Fact]
    public void The_holders_of_a_lock_are_found_by_the_inode_of_the_file()
    {
        Assert.Equal([2001], LockHolder.Parse(Locks, 7864554));
        Assert.Equal([5433], LockHolder.Parse(Locks, 7864448));
        Assert.Empty(LockHolder.Parse(Locks, 1028));
        Assert.Empty(LockHolder.Parse(Locks, 4554));
    }
}
