using System.Diagnostics;
using System.Globalization;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>How long answers take at half load, what is lost at 50,000 a second, and what another container's flood does to it.</summary>
internal static class LatencyBenchmark
{
    private const int Much = 50_000;
    private const int Little = 1_000;
    private const int OtherPort = 5300;

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
        town.Start("nsenter", $"--net={town.Space}", town.Responder, "127.0.0.1", $"{OtherPort}");
        DnsLoad alone = Ask(quiet, "-v", "-Q", $"{Little}");

        // What two busy processes do to a third on few processors is no fault of the server: a flood of another server shows that.
        DnsLoad elsewhere = Beside("127.0.0.1", OtherPort);
        DnsLoad beside = Beside("127.0.0.11", 53);
        Print(
            $"{Little} a second: 99 in 100 within {alone.Percentile99:F2} ms alone, {elsewhere.Percentile99:F2} ms beside a container that floods a server of its own, {beside.Percentile99:F2} ms beside one that floods ours; ratio of these {beside.Percentile99 / elsewhere.Percentile99:F2}; {alone.Lost + elsewhere.Lost + beside.Lost} lost");

        DnsLoad Beside(string address, int port)
        {
            using Process flood = Process.Start(new ProcessStartInfo(
                "nsenter", [$"--net={town.Space}", "dnsperf", "-s", address, "-p", $"{port}", "-d", questions, "-l", $"{seconds + 2}", "-q", "1000"])
            { RedirectStandardOutput = true })!;
            DnsLoad seen = Ask(quiet, "-v", "-Q", $"{Little}");
            flood.StandardOutput.ReadToEnd();
            flood.WaitForExit();
            return seen;
        }
    });

    private static void Print(FormattableString line) => Console.WriteLine("latency: " + line.ToString(CultureInfo.InvariantCulture));
}
