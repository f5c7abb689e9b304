using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>The daemon is killed at system calls of its own start that change something: where nothing is to be done, where it has to mend,
/// and where it has to migrate the store. The next start does what is left, and running containers go on.</summary>
public sealed class StartWalkTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyDictionary<string, Situation> Situations = new Dictionary<string, Situation>(StringComparer.Ordinal)
    {
        ["the start of the daemon"] = new(Web, "true"),
        ["the start of the daemon, which has to mend"] = new(
            Web,
            """
            ip link delete $(ip -br link show master br-front | grep -o '^veth[^@]*')
            ip link set br-front down
            ip address flush dev br-front
            rm $ROOT/run/containers/*/hosts
            """),
        ["the start of the daemon, which has to migrate the store"] = new(
            "$NETCTL system reset -f; ip address flush dev lan", // whose subnet a network of that store has
            "rm -rf $ROOT/data/netctl.db* $ROOT/run/mirror; cp $STORES/v3-created.db $ROOT/data/netctl.db"),
    };

    private const string Web =
        """
        $NETCTL network create --ipv6 -o com.docker.network.bridge.name=br-front front
        $NETCTL run -d --name web --network front -p 8080:80 sleep 1000
        """;

    public static TheoryData<string> Names => [.. Situations.Keys];

    [KernelTheory]
    [MemberData(nameof(Names))]
    public void Killed_anywhere_the_next_start_does_what_is_left(string name)
    {
        Situation situation = Situations[name];
        using TestHost host = TestHost.Create();
        string variables = $"ROOT={host.Root}; STORES={TestHost.RepositoryRoot()}/tests/Unit/Controller/Stores; ";
        host.StartDaemon(Walk.Flags);
        host.Shell(variables + situation.Before);
        host.StopDaemon();

        // Once without a kill, for the state after it and the number of calls.
        host.Shell(variables + situation.Damage);
        string trace = Path.Combine(host.Root, "trace");
        string[] strace = ["strace", "-D", "-f", "-o", trace];
        host.DaemonStarter = [.. strace, "-e", $"trace={CallTracer.Changing}"];
        host.StartDaemon(Walk.Flags);
        string told = Tell(host);
        host.StopDaemon();
        IReadOnlyList<CallPoint> all = CallTracer.PointsIn(trace);
        int tried = 0;
        int killed = 0;
        foreach (CallPoint point in Walk.Choose(all, () => killed > 0))
        {
            tried++;
            host.Shell(variables + situation.Damage);
            host.DaemonStarter = [.. strace, "-e", CallTracer.Inject(point, CallTracer.Kill)];
            host.BeginDaemon(Walk.Flags);
            TestHost.Eventually(
                "the daemon is killed, or has come to the end of its start",
                () => !Walk.IsAlive(host) || host.Netctl("version").ExitCode == 0);
            killed += Walk.IsAlive(host) ? 0 : 1;
            host.KillDaemon();

            host.DaemonStarter = [];
            host.StartDaemon(Walk.Flags);
            string where = $"{name}, killed at {point}";
            Assert.True(told == Tell(host), $"{where}: {Tell(host)}\ninstead of\n{told}\n{host.DaemonLog}");
            Output doctor = host.Netctl("doctor");
            Assert.True(doctor.ExitCode == 0, $"{where}: {doctor}\n{host.DaemonLog}");
            host.KillDaemon();
        }

        host.StartDaemon(Walk.Flags);
        Assert.True(killed > 0, $"at none of {tried} points the daemon was killed");
        ReliabilityPage.Tell("Killed in the middle", name, "the next start does what is left; containers go on");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {all.Count} points, {tried} tried, killed at {killed}"));
    }

    // What there is, and by its process that a container has run on; without what is counted or measured.
    private static string Tell(TestHost host) => host.Shell(
        """
        $NETCTL network ls --format '{{.Name}} {{.Driver}}' | sort
        $NETCTL ps -a --format '{{.Names}} {{.State}} {{.Ports}}' | sort
        for name in $($NETCTL ps -q); do $NETCTL inspect -f '{{.State.Pid}} {{.NetworkSettings.Networks.front.IPAddress}}' $name; done
        """);

    /// <summary>A situation that a daemon finds when it starts.</summary>
    /// <param name="Before">The commands while a daemon runs.</param>
    /// <param name="Damage">The commands before each start, while none does.</param>
    private sealed record Situation(string Before, string Damage);
}
