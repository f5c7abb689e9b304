using System.Globalization;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>Names of others: asked of the upstream server directly, through the daemon for the first time, and from its cache; beside our
/// own names.</summary>
internal static class ForwardingBenchmark
{
    private const int Names = 2_000_000; // more than are asked for: none a second time

    /// <summary>Prints a line each, and the ratios.</summary>
    public static void Run(int seconds, int rounds) => DnsTown.Run(town =>
    {
        string fresh = town.PathOf("fresh");
        File.WriteAllLines(
            fresh, Enumerable.Range(0, Names).Select(static i => string.Create(CultureInfo.InvariantCulture, $"n{i}.example.org A")));
        string few = town.PathOf("few");
        File.WriteAllLines(
            few, Enumerable.Range(0, 100).Select(static i => string.Create(CultureInfo.InvariantCulture, $"c{i}.example.org A")));
        string own = town.PathOf("own");
        File.WriteAllText(own, $"{DnsTown.Container} A\n");

        Served direct = new("upstream asked directly from the host", town.Upstream.Id, "/proc/self/ns/net", "127.0.0.1", 53);
        Served inside = new("upstream asked directly from the container", town.Upstream.Id, town.Space, town.Gateway, 53);
        Served forwarded = new("forwarded", town.Daemon, town.Space, "127.0.0.11", 53);
        Served cached = new("cached", town.Daemon, town.Space, "127.0.0.11", 53);
        Served ours = new("own names", town.Daemon, town.Space, "127.0.0.11", 53);
        for (int round = 0; round < rounds; round++)
        {
            direct.Measure(fresh, seconds);
            inside.Measure(fresh, seconds);
            town.Netctl("dns", "flush");
            forwarded.Measure(fresh, seconds);
            cached.Measure(few, seconds);
            ours.Measure(own, seconds);
        }

        Console.WriteLine($"forwarding: {direct}");
        Console.WriteLine($"forwarding: {inside}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"forwarding: {forwarded}; ratio to directly from the container {forwarded.PerSecond / inside.PerSecond:F2}, from the host " +
            $"{forwarded.PerSecond / direct.PerSecond:F2}"));
        Console.WriteLine($"forwarding: {ours}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"forwarding: {cached}; ratio to own names {cached.PerSecond / ours.PerSecond:F2}"));
    });
}
