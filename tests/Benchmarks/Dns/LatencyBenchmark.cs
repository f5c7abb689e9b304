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
        string questions = WriteQuestions(town);
        DnsLoad full = Ask(town.Space, questions, seconds);
        DnsLoad half = Ask(town.Space, questions, seconds, "-v", "-Q", $"{(int)full.PerSecond / 2}");
        Print($"at half load ({half.PerSecond:F0} a second) 99 in 100 answers take less than {half.Percentile99:F2} ms; {half.Lost} lost");
        DnsLoad much = Ask(town.Space, questions, seconds, "-Q", $"{Much}");
        Print($"at {Much} a second: {much.PerSecond:F0} answered a second, {much.Lost} lost of {much.Completed + much.Lost}");

        string quiet = town.AddContainer("quiet");
        DnsTown.Run(elsewhere => Flood(quiet, town.Space, elsewhere, seconds));
    });

    // What busy processes do to others on few processors is no fault of the server: the same flood on another host, with a daemon of its
    // own, shows that.
    private static void Flood(string quiet, string ours, DnsTown elsewhere, int seconds)
    {
        string questions = WriteQuestions(elsewhere);
        DnsLoad alone = Ask(quiet, questions, seconds, "-v", "-Q", $"{Little}");
        Print($"{Little} a second: 99 in 100 within {alone.Percentile99:F2} ms alone, {alone.Lost} lost");

        int longer = seconds + 2;
        string dnsperf = $"dnsperf -s 127.0.0.11 -d {questions} -l {longer} -q 1000";
        Compare("questions over UDP", dnsperf);
        Compare("questions by 100 TCP connections", $"{dnsperf} -m tcp -c 100");
        Compare("garbage", $"timeout {longer} nc -u 127.0.0.11 53 < /dev/urandom");

        void Compare(string what, string command)
        {
            DnsLoad there = Beside(elsewhere.Space, command);
            DnsLoad here = Beside(ours, command);
            double ratio = here.Percentile99 / there.Percentile99;
            long lost = there.Lost + here.Lost;
            string flooded = $"beside a container that floods its resolver with {what}";
            Print($"{flooded} {here.Percentile99:F2} ms, on another host {there.Percentile99:F2} ms; ratio {ratio:F2}; {lost} lost");
        }

        DnsLoad Beside(string space, string command)
        {
            using Process flood =
                Process.Start(new ProcessStartInfo("nsenter", [$"--net={space}", "sh", "-c", $"{command} > /dev/null 2>&1"]))!;
            DnsLoad seen = Ask(quiet, questions, seconds, "-v", "-Q", $"{Little}");
            flood.WaitForExit();
            return seen;
        }
    }

    private static string WriteQuestions(DnsTown town)
    {
        string questions = town.PathOf("own");
        File.WriteAllText(questions, $"{DnsTown.Container} A\n");
        return questions;
    }

    private static DnsLoad Ask(string space, string questions, int seconds, params string[] flags) =>
        DnsLoad.Put(space, "127.0.0.11", 53, questions, seconds, flags);

    private static void Print(FormattableString line) => Console.WriteLine("latency: " + line.ToString(CultureInfo.InvariantCulture));
}
