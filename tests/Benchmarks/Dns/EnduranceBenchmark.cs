using System.Globalization;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>The daemon's memory over many questions: our own names, then others', each name a new one.</summary>
internal static class EnduranceBenchmark
{
    private const int Names = 1_000_000;
    private const int SecondsAtATime = 10;

    /// <summary>Prints a line for every tenth of the questions.</summary>
    /// <param name="questions">How many of each kind.</param>
    public static void Run(long questions) => DnsTown.Run(town =>
    {
        string own = town.PathOf("own");
        File.WriteAllText(own, $"{DnsTown.Container} A\n{DnsTown.Container} AAAA\n");
        string fresh = town.PathOf("fresh");
        File.WriteAllLines(
            fresh, Enumerable.Range(0, Names).Select(static i => string.Create(CultureInfo.InvariantCulture, $"n{i}.example.org A")));
        Endure(town, "own names", own, questions);
        Endure(town, "forwarded", fresh, questions);
    });

    private static void Endure(DnsTown town, string what, string file, long questions)
    {
        long first = 0;
        long lost = 0;
        for (long asked = 0, next = questions / 10; asked < questions;)
        {
            DnsLoad load = DnsLoad.Put(town.Space, "127.0.0.11", 53, file, SecondsAtATime);
            asked += load.Completed;
            lost += load.Lost;
            if (asked >= next)
            {
                long now = ProcessClock.ResidentKiB(town.Daemon);
                first = first == 0 ? now : first;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"memory: {what}: after {asked} questions {now} KiB, ratio to the first tenth {(double)now / first:F2}; {lost} lost"));
                next += questions / 10;
            }
        }
    }
}
