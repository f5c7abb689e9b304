using System.Diagnostics;

namespace Net.Tests.Unit.Drivers.Ipam;

/// <summary>Times that a busy machine does not spoil: of several tries the quickest is the one that nothing interrupted.</summary>
internal static class Stopwatches
{
    public static async Task<TimeSpan> QuickestOf(int tries, Func<Task> work)
    {
        TimeSpan quickest = TimeSpan.MaxValue;
        for (int i = 0; i < tries; i++)
        {
            var watch = Stopwatch.StartNew();
            await work();
            quickest = watch.Elapsed < quickest ? watch.Elapsed : quickest;
        }

        return quickest;
    }
}
