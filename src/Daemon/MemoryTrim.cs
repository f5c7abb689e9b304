namespace Net.Daemon;

/// <summary>Gives memory back to the kernel when a time of much work is over, such as a start or a thousand containers: the garbage
/// collector keeps what it has for the next such time, which an idle daemon does not expect.</summary>
/// <remarks>A collection takes some ten milliseconds, in which requests wait. There is at most one a minute, and none in five seconds that
/// have had more than a little work.</remarks>
internal sealed class MemoryTrim : IAsyncDisposable
{
    private const long Work = 4 << 20; // bytes allocated, after which it is worth it
    private const long Quiet = 1 << 20; // bytes allocated in an interval without much work; 64 KB were too few beside 300 idle containers
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly PeriodicTimer _clock = new(Interval);
    private readonly Task _work;

    private MemoryTrim() => _work = RunAsync();

    /// <summary>Begins to watch how much is allocated.</summary>
    public static MemoryTrim Start() => new();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _clock.Dispose();
        await _work;
    }

    private async Task RunAsync()
    {
        long trimmed = 0;
        long? last = null;
        long before = GC.GetTotalAllocatedBytes();
        while (await _clock.WaitForNextTickAsync())
        {
            long now = GC.GetTotalAllocatedBytes();
            bool mayTrim = last is not { } then || TimeProvider.System.GetElapsedTime(then) >= Rest;
            if (mayTrim && now - trimmed >= Work && now - before <= Quiet)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                trimmed = now;
                last = TimeProvider.System.GetTimestamp();
            }

            before = now;
        }
    }
}
