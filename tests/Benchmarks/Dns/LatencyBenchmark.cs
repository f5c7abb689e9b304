using System.Diagnostics;
using System.Globalization;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>How long answers take at half load, what is lost at 50,000 a second, and what another container's flood does to it.</summary>
internal static class LatencyBenchmark
{
    private const int Much = 50_000;
    private const int Little = 1_000;

    /// <summary>Prints a line each.</summary>
    public static void Run(int seconds) => DnsTown.Run(town =>
    {
        string questions = town.PathOf("own");
        File.WriteAllText(questions, $"{DnsTown.Container} A\n");
        DnsLoad Ask(string space, params string[] flags) => DnsLoad.Put(space, "127.0.0.11", 53, questions, seconds, flags);

        DnsLoad full = Ask(town.Space);
        DnsLoad half = Ask(town.Space, "-v", "-Q", $"{(int)full.PerSecond / 2}");
        Print($"at half load ({half.PerSecond:F0} a second) 99 in 100 answers take less than {half.Percentile99:F2} ms; {half.Lost} lost");
        DnsLoad much = Ask(town.Space, "-Q", $"{Much}");
        Print($"at {Much} a second: {much.PerSecond:F0} answered a second, {much.Lost} lost of {much.Completed + much.Lost}");

        string quiet = town.AddContainer("quiet");
        DnsLoad alone = Ask(quiet, "-v", "-Q", $"{Little}");
        using Process flood = town.Start(
            "nsenter", $"--net={town.Space}", "dnsperf", "-s", "127.0.0.11", "-d", questions, "-l", $"{seconds + 2}", "-q", "1000", "-O", "suppress=timeouts");
        DnsLoad beside = Ask(quiet, "-v", "-Q", $"{Little}");
        Print(
            $"{Little} a second: 99 in 100 within {alone.Percentile99:F2} ms alone, {beside.Percentile99:F2} ms beside a container that floods; ratio {beside.Percentile99 / alone.Percentile99:F2}; {alone.Lost + beside.Lost} lost");
    });

    private static void Print(FormattableString line) => Console.WriteLine("latency: " + line.ToString(CultureInfo.InvariantCulture));
}
