using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>Our own names, asked by dnsperf inside a container: the daemon, a server in plain C, aardvark-dns and Docker's engine in
/// turn.</summary>
internal static class OwnNamesBenchmark
{
    private const string AardvarkProgram = "/usr/lib/podman/aardvark-dns";
    private const int ResponderPort = 5300;
    private const int AardvarkPort = 5301;
    private const string RewrittenAddress = "127.0.0.12";

    // What the daemon's own resolver is reached by, for the other server.
    private static readonly string Rewrite = $$"""
        table ip bench {
            chain out {
                type filter hook output priority -310;
                ip daddr {{RewrittenAddress}} udp dport 53 notrack udp dport set {{ResponderPort}}
                ip saddr {{RewrittenAddress}} udp sport {{ResponderPort}} notrack udp sport set 53
            }
        }
        """;

    /// <summary>Prints a line each, and the ratios.</summary>
    public static void Run(int seconds, int rounds) => DnsTown.Run(town =>
    {
        string questions = town.PathOf("own");
        File.WriteAllText(questions, $"{DnsTown.Container} A\n");
        Process responder = town.Start("nsenter", $"--net={town.Space}", town.Responder, "127.0.0.1", $"{ResponderPort}");
        Process rewritten = town.Start("nsenter", $"--net={town.Space}", town.Responder, RewrittenAddress, $"{ResponderPort}");
        Command.RunWithInput(Rewrite, "nsenter", $"--net={town.Space}", "nft", "-f", "-");
        List<Served> all =
        [
            new("ours", town.Daemon, town.Space, "127.0.0.11", 53),
            new("plain C", responder.Id, town.Space, "127.0.0.1", ResponderPort),
            new("plain C behind the same rewrite", rewritten.Id, town.Space, RewrittenAddress, 53),
        ];
        if (StartAardvark(town) is { } aardvark)
        {
            all.Add(aardvark);
        }

        using var docker = DockerEngine.TryStart(town);
        if (docker is null)
        {
            Console.WriteLine("own names: dockerd is not installed, and left out");
        }
        else
        {
            all.Add(new Served($"dockerd {docker.Version}", docker.Process, docker.Space, "127.0.0.11", 53));
        }

        all.ForEach(server => DnsLoad.Put(server.Space, server.Address, server.Port, questions, 1)); // once for the caches
        for (int round = 0; round < rounds; round++)
        {
            all.ForEach(server => server.Measure(questions, seconds));
        }

        Served ours = all[0];
        foreach (Served server in all)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"own names: {server}; ratios of ours to it: answers {ours.PerSecond / server.PerSecond:F2}, processor time " +
                $"{ours.Cost / server.Cost:F2}"));
        }
    });

    // It goes into the background by itself, and leaves its process id beside its networks.
    private static Served? StartAardvark(DnsTown town)
    {
        if (!File.Exists(AardvarkProgram))
        {
            Console.WriteLine("own names: aardvark-dns is not installed, and left out");
            return null;
        }

        string networks = Directory.CreateDirectory(town.PathOf("aardvark")).FullName;
        File.WriteAllText(
            Path.Combine(networks, "front"), $"127.0.0.1\naaaaaaaaaaaa 127.0.0.1  asker\nbbbbbbbbbbbb 192.0.2.7  {DnsTown.Container}\n");
        town.Start("nsenter", $"--net={town.Space}", AardvarkProgram, "--config", networks, "--port", $"{AardvarkPort}", "run");
        string file = Path.Combine(networks, "aardvark.pid");
        int id;
        while (!File.Exists(file) || !int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out id))
        {
            Thread.Yield();
        }

        town.EndLater(Process.GetProcessById(id));
        return new Served("aardvark-dns", id, town.Space, "127.0.0.1", AardvarkPort);
    }
}
