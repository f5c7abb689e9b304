using System.Diagnostics;

namespace Net.Tests.Benchmarks;

/// <summary>Times of one thing done several times, in microseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _times = [];

    /// <summary>The time in the middle.</summary>
    public double Median => _times.Order().ElementAt(_times.Count / 2);

    /// <summary>Does it once and notes how long it took.</summary>
    public void Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        _times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }
}
