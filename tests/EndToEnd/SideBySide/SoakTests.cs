using System.Diagnostics;
using System.Globalization;
using Net.Api.Clients;
using Net.Tests.EndToEnd.CrashOnly;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.SideBySide;

/// <summary>Sixty-four clients at once, for a minute or for <c>NETCTL_SOAK</c> seconds, with the seed <c>NETCTL_SEED</c> or another: none
/// waits without end, none is told of an error of the daemon's own, and at the end all agrees and nothing is left.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Clients = 64;

    [KernelTheory]
    [InlineData("nftables")]
    public async Task Sixty_four_clients_do_what_they_like(string backend)
    {
        int seed = Number("NETCTL_SEED", Environment.TickCount & 0xFFFFFF);
        TimeSpan end = TimeSpan.FromSeconds(Number("NETCTL_SOAK", 60));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NETCTL_SEED={seed}"));
        using TestHost host = TestHost.Create();
        string before = KernelState.Of(host);
        host.StartDaemon("--firewall-backend", backend);
        string started = KernelState.Of(host);
        await WorkAsync(host, seed, TimeSpan.FromSeconds(5));
        RemoveAll(host);
        (int Descriptors, int Kilobytes) then = Held(host);

        int answers = await WorkAsync(host, seed + Clients, end);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answers} answers"));
        Output doctor = host.Netctl("doctor");
        Assert.True(doctor.ExitCode == 0, $"seed {seed}: {doctor}\n{host.DaemonLog}");
        RemoveAll(host);
        Assert.Equal(started, KernelState.Of(host));
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
        Assert.DoesNotContain("of ours is as it should be again", host.DaemonLog, StringComparison.Ordinal); // nothing was there to mend

        (int Descriptors, int Kilobytes) now = Held(host);
        Assert.True(now.Descriptors <= then.Descriptors + 8, $"seed {seed}: {then.Descriptors} descriptors have become {now.Descriptors}");
        Assert.True(now.Kilobytes <= then.Kilobytes + 40_000, $"seed {seed}: {then.Kilobytes} KB have become {now.Kilobytes}");
        ReliabilityPage.Tell(
            "Side by side",
            "64 clients do random operations on 12 networks and 12 containers; one in ten goes away in the middle of its operation",
            "none waits without end or is told of an error of the daemon's own; nothing is half; descriptors and memory are flat");
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal(before, KernelState.Of(host));
    }

    private static async Task<int> WorkAsync(TestHost host, int seed, TimeSpan end)
    {
        var address = DaemonAddress.OfPath(host.Socket);
        RandomClient[] clients = [.. Enumerable.Range(0, Clients).Select(i => new RandomClient(address, new Random(seed + i)))];
        try
        {
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(clock, end))));
            string[] faults = [.. clients.SelectMany(client => client.Faults)];
            Assert.True(faults.Length == 0, $"seed {seed}: {string.Join('\n', faults.Take(10))}\n{host.DaemonLog}");
            return clients.Sum(client => client.Answers);
        }
        finally
        {
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    private static void RemoveAll(TestHost host)
    {
        host.Shell("$NETCTL ps -aq | xargs -r $NETCTL rm -f; $NETCTL network prune -f");
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    // Of the daemon: its descriptors, and the memory that is its alone.
    private static (int Descriptors, int Kilobytes) Held(TestHost host)
    {
        string folder = $"/proc/{host.DaemonId}";
        string memory = File.ReadLines($"{folder}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return (
            Directory.EnumerateFiles($"{folder}/fd").Count(),
            int.Parse(memory.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
