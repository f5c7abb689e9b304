using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks;

/// <summary>Microseconds an endpoint: the engine's Apply against a C program that sends the same requests.</summary>
internal static class EndpointBenchmark
{
    /// <summary>Runs both in turn, each round in a fresh host, and prints each side's median round and their ratio.</summary>
    /// <param name="endpoints">How many are made in a round, one Apply each.</param>
    /// <param name="rounds">Rounds of each side; one more before them is not counted.</param>
    public static int Run(int endpoints, int rounds)
    {
        string program = CompilePeer();
        var ours = new List<double>();
        var theirs = new List<double>();
        for (int round = 0; round <= rounds; round++)
        {
            double engine = 0;
            double peer = 0;
            HostNamespace.Run(host => engine = EngineRound.Measure(host, endpoints));
            HostNamespace.Run(host => peer = PeerRound(host, program, endpoints));
            if (round > 0)
            {
                ours.Add(engine);
                theirs.Add(peer);
            }
        }

        File.Delete(program);
        double median = Median(ours);
        double peerMedian = Median(theirs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"endpoints: engine {median:F0} us, C {peerMedian:F0} us an endpoint, ratio {median / peerMedian:F2}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"           {endpoints} endpoints a round, {rounds} rounds each in turn; best: engine {ours.Min():F0} us, C " +
            $"{theirs.Min():F0} us, ratio {ours.Min() / theirs.Min():F2}"));
        return 0;
    }

    /// <summary>The microseconds that the C program needs for an endpoint and its namespace: the median of some rounds, each in a fresh
    /// host.</summary>
    public static double MeasureFloor(int endpoints, int rounds)
    {
        string program = CompilePeer();
        var times = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            HostNamespace.Run(host => times.Add(PeerRound(host, program, endpoints)));
        }

        File.Delete(program);
        return Median(times);
    }

    private static string CompilePeer()
    {
        string program = Path.Combine(Path.GetTempPath(), $"netctl-endpoint-{Environment.ProcessId}");
        Command.Run("gcc", "-O2", "-o", program, Path.Combine(AppContext.BaseDirectory, "endpoint.c"));
        return program;
    }

    private static double PeerRound(HostNamespace host, string program, int endpoints)
    {
        EngineRound.MakeBridge(host).Dispose();
        string index = Command.Json("ip -j link show dev br-bench")[0].GetProperty("ifindex").GetRawText();
        string total = Command.Run(program, $"{host.Directory}/netns", index, "1", endpoints.ToString(CultureInfo.InvariantCulture));
        return double.Parse(total, CultureInfo.InvariantCulture) / endpoints;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
