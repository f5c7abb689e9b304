using Net.Linux;

namespace Net.Daemon;

/// <summary>Takes a lock that a daemon which is gone may still hold for a moment: a child that it was about to start, when it was killed,
/// has its descriptors until the child's own program begins (execve(2) closes them).</summary>
internal static class PatientLock
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Takes the lock, as <see cref="FileLock.TryTake"/>.</summary>
    /// <returns>The lock; null when a living process holds it, or one that cannot be seen for some seconds.</returns>
    /// <exception cref="LinuxException">As for <see cref="FileLock.TryTake"/>.</exception>
    public static FileLock? TryTake(string path)
    {
        for (TimeSpan waited = TimeSpan.Zero; ; waited += Interval)
        {
            FileLock? taken = FileLock.TryTake(path);
            if (taken is not null || waited >= Limit || LockHolder.Find(path) is { ProcessName: not null })
            {
                return taken;
            }

            Thread.Sleep(Interval);
        }
    }
}
