using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>The daemon is killed at system calls of an operation that change something. After a start in a new mount namespace an
/// operation that was answered is there whole, any other whole or not at all; the doctor is content, and when all is removed nothing is
/// left.</summary>
/// <remarks>The points are found by running the operation once. <c>NETCTL_KILL_POINTS</c> says how many of them are tried, 8 without it,
/// others on each day.</remarks>
public sealed class KillWalkTests(ITestOutputHelper output)
{
    public static TheoryData<string> Operations => [.. Walked.All.Keys];

    [KernelTheory]
    [MemberData(nameof(Operations))]
    public void Killed_anywhere_it_is_there_whole_or_not_at_all(string operation)
    {
        Walked walked = Walked.All[operation];
        using TestHost host = TestHost.Create();
        host.StartDaemon(Flags);

        // Once without a tracer, for the states before, between and after; once with it, for the points.
        string before = TellAfter(host, walked, "true");
        string after = TellAfter(host, walked, walked.Command);
        HashSet<string> allowed = [before, TellAfter(host, walked, walked.Between ?? "true"), after];
        string empty = StateAfterReset(host);
        Set(host, walked);
        int points;
        using (KillingTracer tracer = KillingTracer.Attach(host, call: null))
        {
            host.Shell(Words(host, walked.Command));
            points = tracer.End();
        }

        Clear(host);
        int stride = Math.Max(1, points / Number("NETCTL_KILL_POINTS", 8));
        int tried = 0;
        for (int point = 1 + (DateTime.UtcNow.DayOfYear % stride); point <= points; point += stride)
        {
            Kill(host, walked, point, allowed, after);
            tried++;
        }

        Assert.Equal(empty, StateAfterReset(host));
        ReliabilityPage.Tell(
            "Killed in the middle",
            $"`{operation}`",
            "answered: there whole; not answered: there whole or not at all; nothing is left when all is removed");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{operation}: {points} points, {tried} tried"));
    }

    private static string[] Flags => ["--firewall-backend", "nftables", TestHost.MendsNothing];

    private static void Kill(TestHost host, Walked walked, int point, HashSet<string> allowed, string after)
    {
        string where = string.Create(CultureInfo.InvariantCulture, $"{walked.Name}, killed at call {point}");
        Set(host, walked);
        bool isAnswered;
        using (KillingTracer tracer = KillingTracer.Attach(host, point))
        {
            isAnswered = host.Run("sh", "-c", Words(host, walked.Command)).ExitCode == 0;
            tracer.End();
        }

        // What the daemon starts is traced as well: where it lives on, it was a shim that was killed, and the operation has failed.
        bool hasFailed = !isAnswered && IsAlive(host);
        host.KillDaemon();
        host.StartDaemon(Flags);
        string told = Told(host, walked, allowed);
        Assert.True(
            hasFailed || (isAnswered ? told == after : allowed.Contains(told)),
            $"{where} ({(isAnswered ? "answered" : "not answered")}): {told}");
        Output doctor = host.Netctl("doctor");
        Assert.True(doctor.ExitCode == 0, $"{where}: {doctor}\n{host.DaemonLog}");
        Clear(host);
        Assert.True(host.Shims() == 0, $"{where}: a shim is left");
    }

    private static bool IsAlive(TestHost host)
    {
        string status = string.Create(CultureInfo.InvariantCulture, $"/proc/{host.DaemonId}/status");
        return File.Exists(status) && !File.ReadLines(status).Any(line => line.StartsWith("State:\tZ", StringComparison.Ordinal));
    }

    // A restart that was broken off is carried to its end some time after the daemon answers.
    private static string Told(TestHost host, Walked walked, HashSet<string> allowed)
    {
        string told = Told(host);
        for (int i = 0; i < 100 && walked.Name == "restart" && !allowed.Contains(told); i++)
        {
            Thread.Sleep(50);
            told = Told(host);
        }

        return told;
    }

    private static string TellAfter(TestHost host, Walked walked, string command)
    {
        Set(host, walked);
        host.Shell(Words(host, command));
        string told = Told(host);
        Clear(host);
        return told;
    }

    private static void Set(TestHost host, Walked walked) => host.Shell(Words(host, walked.Setup));

    private static string Words(TestHost host, string command) => $"ROOT={host.Root}; {command}";

    private static void Clear(TestHost host)
    {
        host.Shell("$NETCTL ps -aq | xargs -r $NETCTL rm -f; $NETCTL network prune -f");
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    // What netctl says that there is, without ids.
    private static string Told(TestHost host) => host.Shell(
        """
        $NETCTL network ls --format '{{.Name}} {{.Driver}}' | sort
        for name in $($NETCTL ps -a --format '{{.Names}}' | sort); do
            echo "$name $($NETCTL inspect -f '{{.State.Status}}' $name)"
            $NETCTL port $name
            $NETCTL inspect -f '{{range $name, $own := .NetworkSettings.Networks}}{{$name}} {{end}}' $name
        done
        """);

    private static string StateAfterReset(TestHost host)
    {
        host.NetctlOk("system", "reset", "-f");
        return KernelState.Of(host)
            + host.Shell($"find {host.ExecRoot} -mindepth 1 -not -path '*/mirror/*' -printf '%P %y\\n' | sort; mount | wc -l");
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
