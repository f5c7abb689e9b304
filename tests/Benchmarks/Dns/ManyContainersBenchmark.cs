using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>Many containers asking in turn, one question at a time, beside one that asks as often.</summary>
internal static class ManyContainersBenchmark
{
    private const int Questions = 50_000;
    private const int ResponderPort = 5300;

    /// <summary>Prints a line, and one for a server in plain C with a socket in each container: what the kernel's own time comes
    /// to.</summary>
    public static void Run(int containers, int rounds) => DnsTown.Run(town =>
    {
        string[] spaces = [town.Space, .. Enumerable.Range(1, containers - 1).Select(i => town.AddContainer($"c{i}"))];
        Process responder = town.Start(town.Responder, ["127.0.0.1", $"{ResponderPort}", "5", .. spaces]);
        Compare("ours", town, town.Daemon, "127.0.0.11", 53, spaces, rounds);
        Compare("plain C", town, responder.Id, "127.0.0.1", ResponderPort, spaces, rounds);
    });

    private static void Compare(string name, DnsTown town, int process, string address, int port, string[] spaces, int rounds)
    {
        List<double> one = [];
        List<double> many = [];
        for (int round = 0; round < rounds; round++)
        {
            one.Add(Ask(town, process, address, port, spaces[..1]));
            many.Add(Ask(town, process, address, port, spaces));
        }

        double ratio = Median(many) / Median(one);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"many: {name}: a question of one container costs {Median(one):F2} us of processor time, of {spaces.Length} in turn " +
            $"{Median(many):F2} us; ratio {ratio:F2}"));
    }

    private static double Ask(DnsTown town, int process, string address, int port, string[] spaces)
    {
        long before = ProcessClock.Nanoseconds(process);
        Command.Run(town.Asker, [address, $"{port}", DnsTown.Container, $"{Questions}", .. spaces]);
        return (ProcessClock.Nanoseconds(process) - before) / 1000.0 / Questions;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
