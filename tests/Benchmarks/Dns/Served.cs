using System.Globalization;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>A server that is measured.</summary>
/// <param name="Name">What it is called in the results.</param>
/// <param name="Process">Its process.</param>
/// <param name="Space">The network namespace it is asked from: a file.</param>
/// <param name="Address">Where it is asked.</param>
/// <param name="Port">Where it is asked.</param>
internal sealed record Served(string Name, int Process, string Space, string Address, int Port)
{
    private readonly List<double> _perSecond = [];
    private readonly List<double> _costs = [];

    /// <summary>Answers a second, of all rounds the one in the middle.</summary>
    public double PerSecond => Median(_perSecond);

    /// <summary>Processor time of the server an answer, in microseconds, of all rounds the one in the middle.</summary>
    public double Cost => Median(_costs);

    /// <summary>Questions that were never answered, in all rounds.</summary>
    public long Lost { get; private set; }

    /// <summary>Puts a load on it once and keeps what was seen.</summary>
    public void Measure(string questions, int seconds)
    {
        long before = ProcessClock.Nanoseconds(Process);
        DnsLoad load = DnsLoad.Put(Space, Address, Port, questions, seconds);
        _costs.Add((ProcessClock.Nanoseconds(Process) - before) / 1000.0 / load.Completed);
        _perSecond.Add(load.PerSecond);
        Lost += load.Lost;
    }

    /// <summary>The results in words.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name} {PerSecond:F0} a second, {Cost:F2} us of processor time each, {Lost} lost");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
