namespace Net.Shims.EventLoops;

/// <summary>Gives the memory back that output and requests have taken. Used by the event loop's thread only.</summary>
/// <remarks>Without it the memory of a container would be that of its busiest moment: the runtime collects when more is allocated, large
/// buffers late, and after a burst of output nothing is allocated any more.</remarks>
/// <param name="time">The clock.</param>
internal sealed class HeapTrim(TimeProvider time)
{
    /// <summary>What may have been allocated since the last collection, in bytes, without another one a second later.</summary>
    private const long Tolerated = 256 * 1024;

    /// <summary>The same without another one at once.</summary>
    private const long Most = 1024 * 1024;

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private long _allocatedThen;

    /// <summary>When <see cref="Advance"/> is to be called although nothing has happened; null when nothing is to be given back.</summary>
    internal DateTimeOffset? Deadline { get; private set; }

    /// <summary>Collects, when it is time to.</summary>
    internal void Advance()
    {
        long garbage = GC.GetAllocatedBytesForCurrentThread() - _allocatedThen;
        if (garbage > Most || Deadline <= time.GetUtcNow())
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _allocatedThen = GC.GetAllocatedBytesForCurrentThread();
            Deadline = null;
        }
        else if (garbage > Tolerated)
        {
            Deadline ??= time.GetUtcNow() + Delay;
        }
    }
}
