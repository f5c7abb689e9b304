namespace Net.Tests.TestKit;

/// <summary>What code allocates each time that it runs, in bytes of the managed heap.</summary>
/// <remarks>
/// The runtime allocates too, in the thread that is measured and when it likes: when it compiles a method again, or begins its background
/// work. It does so once, and the code under test each time: so the least of a few series is the code's own.
/// </remarks>
public static class Garbage
{
    private const int SeriesAtMost = 5;

    /// <summary>Runs a series until one allocates nothing, five times at most.</summary>
    /// <param name="series">Runs the code under test in this thread, many times; it ran before, so that what is made once is made.</param>
    /// <returns>The bytes of the series that allocated least.</returns>
    public static long Of(Action series) => Of(series, GC.GetAllocatedBytesForCurrentThread);

    /// <inheritdoc cref="Of(Action)"/>
    /// <param name="allocatedBytes">Reads what the thread under test has allocated since it began.</param>
    /// <param name="series">Makes the thread under test run the code, many times.</param>
    public static long Of(Action series, Func<long> allocatedBytes)
    {
        long least = long.MaxValue;
        for (int i = 0; i < SeriesAtMost && least > 0; i++)
        {
            long before = allocatedBytes();
            series();
            least = Math.Min(least, allocatedBytes() - before);
        }

        return least;
    }
}
