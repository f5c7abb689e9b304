using System.Globalization;
using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>What dnsperf saw of a server.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Completed">Answers in all.</param>
/// <param name="Lost">Questions that were never answered.</param>
/// <param name="Latencies">In seconds, the shortest first; empty unless they were asked for.</param>
internal sealed partial record DnsLoad(double PerSecond, long Completed, long Lost, IReadOnlyList<double> Latencies)
{
    /// <summary>Asks a server from inside a network namespace.</summary>
    /// <param name="space">The namespace's file.</param>
    /// <param name="address">The server's address.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="questions">A file with a name and a type a line.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="flags">Further flags of dnsperf; with "-v" latencies are noted.</param>
    public static DnsLoad Put(string space, string address, int port, string questions, int seconds, params string[] flags)
    {
        string output = Command.Run(
            "nsenter",
            [$"--net={space}", "dnsperf", "-s", address, "-p", $"{port}", "-d", questions, "-l", $"{seconds}", "-q", "100", .. flags]);
        return new DnsLoad(
            Number(output, "Queries per second"),
            (long)Number(output, "Queries completed"),
            (long)Number(output, "Queries lost"),
            [
                .. VerboseLine()
                .Matches(output)
                .Select(static line => double.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
                .Order(),
            ]);
    }

    /// <summary>The latency that one in a hundred exceeds, in milliseconds.</summary>
    public double Percentile99 => Latencies.Count == 0 ? double.NaN : Latencies[Latencies.Count * 99 / 100] * 1000;

    private static double Number(string output, string title) =>
        double.Parse(Regex.Match(output, $@"{title}:\s+([\d.]+)").Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^> \S+ \S+ \S+ ([\d.]+)$", RegexOptions.Multiline)]
    private static partial Regex VerboseLine();
}
