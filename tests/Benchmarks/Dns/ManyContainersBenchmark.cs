using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>Many containers asking in turn, one question at a time, beside one that asks as often.</summary>
internal static class ManyContainersBenchmark
{
    private const int Questions = 50_000;

    /// <summary>Prints a line.</summary>
    public static void Run(int containers, int rounds) => DnsTown.Run(town =>
    {
        string[] spaces = [town.Space, .. Enumerable.Range(1, containers - 1).Select(i => town.AddContainer($"c{i}"))];
        List<double> one = [];
        List<double> many = [];
        for (int round = 0; round < rounds; round++)
        {
            one.Add(Ask(town, [town.Space]));
            many.Add(Ask(town, spaces));
        }

        double ratio = Median(many) / Median(one);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"many: a question of one container costs {Median(one):F2} us of the daemon, of {containers} in turn {Median(many):F2} us; ratio {ratio:F2}"));
    });

    private static double Ask(DnsTown town, string[] spaces)
    {
        long before = ProcessClock.Nanoseconds(town.Daemon);
        Command.Run(town.Asker, ["127.0.0.11", "53", DnsTown.Container, $"{Questions}", .. spaces]);
        return (ProcessClock.Nanoseconds(town.Daemon) - before) / 1000.0 / Questions;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
