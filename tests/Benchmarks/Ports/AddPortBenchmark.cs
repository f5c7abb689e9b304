using System.Globalization;
using Net.Cnm.DesiredState;

namespace Net.Tests.Benchmarks.Ports;

/// <summary>One port more, and one less, beside 0, 1000 and 10,000 that are there.</summary>
internal static class AddPortBenchmark
{
    private const int FirstPort = 20000;
    private const int OnePort = 19000;
    private static readonly int[] Present = [0, 1000, 10_000];

    /// <summary>Prints a line a backend and number of ports.</summary>
    public static int Run(int rounds)
    {
        foreach (string name in BenchBackend.Names)
        {
            double addedAlone = 0;
            double removedAlone = 0;
            foreach (int present in Present)
            {
                (double added, double removed) = Measure(name, present, rounds);
                (addedAlone, removedAlone) = present == 0 ? (added, removed) : (addedAlone, removedAlone);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"add-port: {name}, beside {present}: added in {added:F0} us, removed in {removed:F0} us; ratios to the first " +
                    $"{added / addedAlone:F2} and {removed / removedAlone:F2}"));
            }
        }

        return 0;
    }

    private static (double Added, double Removed) Measure(string name, int present, int rounds)
    {
        var added = new Samples();
        var removed = new Samples();
        BenchBackend.Run(name, (_, backend) =>
        {
            if (present > 0)
            {
                backend.Add(BenchPort.Many(FirstPort, present));
            }

            IReadOnlyList<DesiredObject> one = BenchPort.Many(OnePort, 1);
            for (int round = 0; round < rounds; round++)
            {
                added.Time(() => backend.Add(one));
                removed.Time(() => backend.Remove(one));
            }
        });
        return (added.Median, removed.Median);
    }
}
