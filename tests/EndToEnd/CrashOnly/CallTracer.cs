using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>strace(1) on the daemon: it records system calls, or has the call of a number do something else: each thread's call of that
/// number of each kind.</summary>
internal sealed class CallTracer : IDisposable
{
    /// <summary>The calls that change something. What a thread writes into a pipe or an eventfd to wake another one counts as well: to tell
    /// them apart is not worth it.</summary>
    public const string Changing =
        "write,pwrite64,writev,sendto,sendmsg,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,"
        + "symlink,symlinkat,link,linkat,mount,umount2,chmod,fchmod,fchmodat,chown,fchown,bind,kill,vfork,clone3,setsockopt";

    /// <summary>The calls that bring what was written to the disk.</summary>
    public const string Syncing = "fsync,fdatasync";

    /// <summary>The process is killed as it enters the call.</summary>
    public const string Kill = "signal=KILL";

    /// <summary>The call fails as it does on a broken disk.</summary>
    public const string BreakDisk = "error=EIO";

    // A thread of a killed daemon that strace has missed stays a zombie, and strace waits for it; nobody but SIGKILL ends that.
    private const int MostMilliseconds = 20_000;

    private readonly Process _strace;
    private readonly string _file;

    private CallTracer(Process strace, string file)
    {
        _strace = strace;
        _file = file;
    }

    /// <summary>Attaches to the daemon of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="calls">The kinds of calls, by their names.</param>
    public static CallTracer Attach(TestHost host, string calls) => Attach(host, calls, []);

    /// <summary>Attaches to the daemon of a host, and has something else happen at a call.</summary>
    /// <param name="host">The host.</param>
    /// <param name="point">The call.</param>
    /// <param name="fault">What happens.</param>
    public static CallTracer Attach(TestHost host, CallPoint point, string fault) =>
        Attach(host, point.Call, ["-e", Inject(point, fault)]);

    private static CallTracer Attach(TestHost host, string calls, string[] inject)
    {
        string file = Path.Combine(host.Root, "trace");
        string daemon = string.Create(CultureInfo.InvariantCulture, $"{host.DaemonId}");
        Process strace = host.Start("strace", ["-f", "-o", file, "-e", $"trace={calls}", .. inject, "-p", daemon]);
        string? said = strace.StandardError.ReadLine();
        Assert.Contains("attached", said, StringComparison.Ordinal);
        return new CallTracer(strace, file);
    }

    /// <summary>strace's words for a fault at a call.</summary>
    public static string Inject(CallPoint point, string fault) =>
        string.Create(CultureInfo.InvariantCulture, $"inject={point.Call}:{fault}:when={point.Number}");

    /// <summary>The points in what strace has written: each call of each kind, of the thread that has made most of that kind.</summary>
    public static IReadOnlyList<CallPoint> PointsIn(string file) =>
    [
        .. File.ReadLines(file)
            .Select(line => Regex.Match(line, @"^(?:([0-9]+) +)?([a-z0-9_]+)\(")).Where(match => match.Success)
            .GroupBy(match => match.Groups[2].Value).OrderBy(calls => calls.Key, StringComparer.Ordinal)
            .SelectMany(calls => Enumerable.Range(1, calls.GroupBy(match => match.Groups[1].Value).Max(thread => thread.Count()))
                .Select(number => new CallPoint(calls.Key, number))),
    ];

    /// <summary>Detaches.</summary>
    /// <returns>The points of what was recorded.</returns>
    public IReadOnlyList<CallPoint> End()
    {
        if (!_strace.HasExited)
        {
            using Process kill = Process.Start(new ProcessStartInfo(
                "kill", ["-INT", string.Create(CultureInfo.InvariantCulture, $"{_strace.Id}")])
            { RedirectStandardError = true })!; // it may have ended with the daemon by now
            kill.WaitForExit();
        }

        EndStrace(MostMilliseconds);
        return PointsIn(_file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndStrace(0);
        _strace.Dispose();
    }

    private void EndStrace(int milliseconds)
    {
        if (!_strace.WaitForExit(milliseconds))
        {
            _strace.Kill();
            _strace.WaitForExit();
        }
    }
}
