using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>An operation on one host, done again and again with a fault at another point each time.</summary>
/// <param name="host">The host, with a daemon.</param>
/// <param name="walked">The operation.</param>
/// <param name="more">Flags of the daemon besides <see cref="Flags"/>.</param>
internal sealed class Walk(TestHost host, Walked walked, params string[] more)
{
    /// <summary>The flags that each daemon of a walk has.</summary>
    public static string[] Flags { get; } = ["--firewall-backend", "nftables", TestHost.MendsNothing];

    /// <summary>What a person would call the operation.</summary>
    public string Name => walked.Name;

    /// <summary>What is told when the operation is answered.</summary>
    public string After { get; private set; } = "";

    /// <summary>What may be told when it is not: the states before it, between its requests, and after it.</summary>
    public IReadOnlySet<string> Allowed { get; private set; } = new HashSet<string>();

    /// <summary>The points that are tried of so many: some, others on each day, or as many as NETCTL_KILL_POINTS says; and the others
    /// until one is met, since a thread does not come to each again.</summary>
    /// <param name="all">The points.</param>
    /// <param name="isMet">Whether a point was met among those that were given already.</param>
    /// <param name="usual">How many, where the variable does not say it.</param>
    public static IEnumerable<CallPoint> Choose(IReadOnlyList<CallPoint> all, Func<bool> isMet, int usual = 8)
    {
        string? wanted = Environment.GetEnvironmentVariable("NETCTL_KILL_POINTS");
        int stride = Math.Max(1, all.Count / (wanted is null ? usual : int.Parse(wanted, CultureInfo.InvariantCulture)));
        CallPoint[] chosen = [.. all.Where((_, i) => i % stride == DateTime.UtcNow.DayOfYear % stride)];
        return chosen.Concat(all.Except(chosen).TakeWhile(_ => !isMet()));
    }

    /// <summary>Whether the daemon of a host runs.</summary>
    public static bool IsAlive(TestHost host) =>
        host.DaemonId is { } id
        && ProcessFile.Read(id, "status") is { Length: > 0 } status
        && !status.Contains("\nState:\tZ", StringComparison.Ordinal);

    /// <summary>Does the operation without a fault, for the states that may be told.</summary>
    public void Learn()
    {
        string before = TellAfter("true");
        After = TellAfter(walked.Command);
        Allowed = new HashSet<string> { before, TellAfter(walked.Between ?? "true"), After };
    }

    /// <summary>The calls of these kinds that the operation makes.</summary>
    public IReadOnlyList<CallPoint> FindPoints(string calls)
    {
        Set();
        using CallTracer tracer = CallTracer.Attach(host, calls);
        host.Shell(Words(walked.Command));
        IReadOnlyList<CallPoint> points = tracer.End();
        Clear();
        return points;
    }

    /// <summary>Makes what the operation needs.</summary>
    public void Set() => host.Shell(Words(walked.Setup));

    /// <summary>Asks for the operation.</summary>
    public Output Do() => host.Run("sh", "-c", Words(walked.Command));

    /// <summary>Asks again for what was refused.</summary>
    /// <param name="refused">The refusal.</param>
    public Output DoAgain(Output refused) => host.Run("sh", "-c", Words(
        refused.StandardError.Contains("could not be removed either", StringComparison.Ordinal) ? walked.AgainWhenLeft : walked.Again));

    /// <summary>Does the operation, in which the daemon is killed at a call, and requires what there is after a start.</summary>
    /// <returns>Whether the daemon was killed: it may not have come to the point.</returns>
    public bool Kill(string where, CallPoint point)
    {
        Set();
        bool isAnswered;
        using (CallTracer tracer = CallTracer.Attach(host, point, CallTracer.Kill))
        {
            isAnswered = Do().ExitCode == 0;
            tracer.End();
        }

        // What the daemon starts is traced as well: where it lives on, it was a shim that was killed, and the operation has failed.
        bool wasKilled = !IsAlive(host);
        bool hasFailed = !isAnswered && !wasKilled;
        host.KillDaemon();
        host.StartDaemon([.. Flags, .. more]);
        string told = Tell();
        Assert.True(
            hasFailed || (isAnswered ? told == After : Allowed.Contains(told)),
            $"{where} ({(isAnswered ? "answered" : "not answered")}): {told}");
        RequireContent(where);
        Clear();
        Assert.True(host.Shims() == 0, $"{where}: a shim is left");
        return wasKilled;
    }

    /// <summary>What netctl says that there is, without ids.</summary>
    public string Tell()
    {
        string told = TellNow();
        for (int i = 0; i < 100 && walked.EndsLater && !Allowed.Contains(told); i++)
        {
            Thread.Sleep(50);
            told = TellNow();
        }

        return told;
    }

    /// <summary>Removes all that there is.</summary>
    public void Clear()
    {
        host.Shell("$NETCTL ps -aq | xargs -r $NETCTL rm -f; $NETCTL network prune -f");
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    /// <summary>What the kernel and the files have after a reset.</summary>
    public string StateAfterReset()
    {
        host.NetctlOk("system", "reset", "-f");
        return KernelState.Of(host)
            + host.Shell($"find {host.ExecRoot} -mindepth 1 -not -path '*/mirror/*' -printf '%P %y\\n' | sort; mount | wc -l");
    }

    private void RequireContent(string where)
    {
        Output doctor = host.Netctl("doctor");
        for (int i = 0; i < 100 && walked.EndsLater && doctor.ExitCode != 0; i++)
        {
            Thread.Sleep(50);
            doctor = host.Netctl("doctor");
        }

        Assert.True(doctor.ExitCode == 0, $"{where}: {doctor}\n{host.DaemonLog}");
    }

    private string TellAfter(string command)
    {
        Set();
        host.Shell(Words(command));
        string told = TellNow();
        Clear();
        return told;
    }

    private string Words(string command) => $"ROOT={host.Root}; {command}";

    private string TellNow() => host.Shell(
        """
        $NETCTL network ls --format '{{.Name}} {{.Driver}}' | sort
        for name in $($NETCTL ps -a --format '{{.Names}}' | sort); do
            echo "$name $($NETCTL inspect -f '{{.State.Status}}' $name)"
            $NETCTL port $name
            $NETCTL inspect -f '{{range $name, $own := .NetworkSettings.Networks}}{{$name}} {{end}}' $name
            $NETCTL inspect -f '{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.Links}}' $name
            $NETCTL top $name -o args= 2>/dev/null || true
        done
        """);
}
