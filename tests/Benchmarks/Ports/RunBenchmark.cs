using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Ports;

/// <summary>One <c>netctl run -d</c> with many single ports, from the command line to its prompt again, with the real daemon; beside it the
/// same without a port.</summary>
internal static class RunBenchmark
{
    private const int FirstPort = 20000;

    /// <summary>Prints a line a backend.</summary>
    public static int Run(int ports, int rounds)
    {
        string binary = Environment.GetEnvironmentVariable("NETCTL_BINARY")
            ?? throw new InvalidOperationException("NETCTL_BINARY names no netctl; build one with netlab/build.sh and set it");
        foreach (string name in BenchBackend.Names)
        {
            var with = new Samples();
            var without = new Samples();
            HostNamespace.Run(host =>
            {
                string socket = $"unix://{host.Directory}/netctl.sock";
                string[] flags =
                [
                    .. Enumerable.Range(FirstPort, ports).SelectMany(port =>
                        (string[])["-p", string.Create(CultureInfo.InvariantCulture, $"{port}:{port - FirstPort + 1}")]),
                ];
                using Process daemon = Process.Start(new ProcessStartInfo(
                    binary,
                    [
                        "daemon", "--data-root", $"{host.Directory}/data", "--exec-root", $"{host.Directory}/exec", "--host", socket,
                        "--firewall-backend", name, "--log-level", "error",
                    ]))!;
                Client(binary, socket, daemon, "version");
                for (int round = 0; round < rounds; round++)
                {
                    with.Time(() => Client(binary, socket, daemon, ["run", "-d", "--name", "many", .. flags, "sleep", "1000"]));
                    Client(binary, socket, daemon, "rm", "-f", "many");
                    without.Time(() => Client(binary, socket, daemon, "run", "-d", "--name", "none", "sleep", "1000"));
                    Client(binary, socket, daemon, "rm", "-f", "none");
                }

                daemon.Kill();
                daemon.WaitForExit();
            });
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"run: {name}: with {ports} ports {with.Median / 1000:F0} ms, with none {without.Median / 1000:F0} ms; ratio " +
                $"{with.Median / without.Median:F2}; the ports took {(with.Median - without.Median) / 1000:F0} ms"));
        }

        return 0;
    }

    /// <summary>Runs a client; while the daemon is starting it is asked again.</summary>
    private static void Client(string binary, string socket, Process daemon, params string[] words)
    {
        string[] command = [binary, "-H", socket, .. words];
        while (true)
        {
            using Process client = Process.Start(
                new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string error = client.StandardError.ReadToEnd();
            client.WaitForExit();
            if (client.ExitCode == 0)
            {
                return;
            }

            if (daemon.HasExited || words is not ["version"])
            {
                throw new InvalidOperationException($"netctl {words[0]}: {error}");
            }
        }
    }
}
