using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>A container's shim is killed at system calls that change something, from its start to its container's removal. Whatever netctl
/// is asked for then is done or refused, the container can be removed, and its command and all else that it had is gone with it.</summary>
public sealed class ShimWalkTests(ITestOutputHelper output)
{
    // tail's command line has the host's folder in it, by which it is found. It ends on SIGTERM.
    private const string Life =
        """
        $NETCTL network create --ipv6 front
        $NETCTL network create back
        $NETCTL run -d --name web --network front -p 8080:80 -- tail -f $ROOT/empty
        $NETCTL exec web true
        $NETCTL pause web
        $NETCTL unpause web
        $NETCTL logs web
        $NETCTL network connect back web
        $NETCTL restart -t 1 web
        $NETCTL stop -t 1 web
        """;

    [KernelFact]
    public void Killed_anywhere_it_leaves_nothing()
    {
        using TestHost host = TestHost.Create();
        string inject = Path.Combine(host.Root, "inject");
        TraceShims(host, inject);
        host.StartDaemon(Walk.Flags);
        File.WriteAllText(Path.Combine(host.Root, "empty"), "");
        File.WriteAllText(inject, $"trace={CallTracer.Changing}");
        host.Shell($"ROOT={host.Root}; {Life}; $NETCTL rm -f web; $NETCTL network rm front back");
        string empty = State(host);
        IReadOnlyList<CallPoint> all = CallTracer.PointsIn(Path.Combine(host.Root, "shim-trace"));
        int tried = 0;
        int refused = 0;
        foreach (CallPoint point in Walk.Choose(all, () => refused > 0))
        {
            tried++;
            File.WriteAllText(inject, CallTracer.Inject(point, CallTracer.Kill));
            Output life = host.Run("sh", "-c", $"ROOT={host.Root}; {Life}");
            refused += life.StandardError.Length > 0 ? 1 : 0;
            string where = $"the shim was killed at {point}: {life}";
            Output removal = host.Netctl("rm", "-f", "web");
            bool isGone = removal.StandardError.Contains("No such container", StringComparison.Ordinal);
            Assert.True(removal.ExitCode == 0 || isGone, $"{where} {removal}");
            host.NetctlOk("network", "rm", "front", "back");
            Assert.True(host.NetctlOk("ps", "-aq").Length == 0, where);
            SpinWait.SpinUntil(() => State(host) == empty, TimeSpan.FromSeconds(30));
            Assert.Equal(empty, State(host));
            Output doctor = host.Netctl("doctor");
            Assert.True(doctor.ExitCode == 0, $"{where}: {doctor}\n{host.DaemonLog}");
            Assert.DoesNotContain("nobody expected", host.DaemonLog, StringComparison.Ordinal);
        }

        Assert.True(refused > 0, $"at none of {tried} points the shim's end was noticed");
        ReliabilityPage.Tell(
            "Killed in the middle",
            "the shim, from `run` to `rm`",
            "what is asked for is done or refused; the container can be removed, its command ends with it, and nothing is left");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Count} points, {tried} tried, noticed at {refused}"));
    }

    // In this host's mount namespace strace stands in the shim's place, as soon as there is a file that says what it is to do. It is no
    // parent of the shim (-D), so that the daemon sees the shim's end.
    private static void TraceShims(TestHost host, string inject)
    {
        string starter = Path.Combine(host.Root, "shim-starter");
        File.WriteAllText(
            starter,
            $"""
            #!/bin/sh
            [ -e {inject} ] || exec {host.Root}/shim/netctl-shim "$@"
            exec strace -D -qq -o {host.Root}/shim-trace -e "$(cat {inject})" {host.Root}/shim/netctl-shim "$@"
            """);
        host.Shell(
            $"""
            mkdir {host.Root}/shim
            cp "$(dirname "$NETCTL")/netctl-shim" {host.Root}/shim/
            chmod 755 {starter}
            mount --bind {starter} "$(dirname "$NETCTL")/netctl-shim"
            """);
    }

    private static string State(TestHost host) => KernelState.Of(host)
        + host.Shell($"find {host.ExecRoot} -mindepth 1 -not -path '*/mirror/*' -printf '%P %y\\n' | sort")
        + string.Join('\n', host.Processes().Count);
}
