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
        Print($"{Little} a second: 99 in 100 within {alone.Percentile99:F2} ms alone, {alone.Lost} lost");

        // What two busy processes do to a third on few processors is no fault of the server: a flood of another server shows that.
        int longer = seconds + 2;
        string dnsperf = $"dnsperf -d {questions} -l {longer} -q 1000";
        DnsLoad elsewhere = Beside($"{dnsperf} -s 127.0.0.1 -p {OtherPort}");
        Print($"beside a container that floods a server of its own {elsewhere.Percentile99:F2} ms, {elsewhere.Lost} lost");
        Compare("questions over UDP", $"{dnsperf} -s 127.0.0.11");
        Compare("questions by 100 TCP connections", $"{dnsperf} -s 127.0.0.11 -m tcp -c 100");
        Compare("garbage", $"timeout {longer} nc -u 127.0.0.11 53 < /dev/urandom");

        void Compare(string what, string command)
        {
            DnsLoad beside = Beside(command);
            Print(
                $"beside one that floods ours with {what} {beside.Percentile99:F2} ms; ratio to a flood of its own server {beside.Percentile99 / elsewhere.Percentile99:F2}; {beside.Lost} lost");
        }

        DnsLoad Beside(string command)
        {
            using Process flood = Process.Start(new ProcessStartInfo("nsenter", [$"--net={town.Space}", "sh", "-c", $"{command} > /dev/null 2>&1"]))!;
            DnsLoad seen = Ask(quiet, "-v", "-Q", $"{Little}");
            flood.WaitForExit();
            return seen;
        }
    });

    private static void Print(FormattableString line) => Console.WriteLine("latency: " + line.ToString(CultureInfo.InvariantCulture));
}
