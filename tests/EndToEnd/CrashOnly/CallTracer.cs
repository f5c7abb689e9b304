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
    /// <param name="fault">What happens at the call of a number; null to record only.</param>
    /// <param name="number">The number of the call, from 1.</param>
    public static CallTracer Attach(TestHost host, string calls, string? fault = null, int number = 1)
    {
        string file = Path.Combine(host.Root, "trace");
        string[] inject = fault is null ? [] : ["-e", Inject(calls, fault, number)];
        string daemon = string.Create(CultureInfo.InvariantCulture, $"{host.DaemonId}");
        Process strace = host.Start("strace", ["-f", "-o", file, "-e", $"trace={calls}", .. inject, "-p", daemon]);
        string? said = strace.StandardError.ReadLine();
        Assert.Contains("attached", said, StringComparison.Ordinal);
        return new CallTracer(strace, file);
    }

    /// <summary>strace's words for a fault at the call of a number.</summary>
    public static string Inject(string calls, string fault, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"inject={calls}:{fault}:when={number}");

    /// <summary>How many calls the thread has made that has made most, by what strace has written.</summary>
    public static int MostCalls(string file) => File.ReadLines(file)
        .Where(line => Regex.IsMatch(line, @"^([0-9]+ +)?[a-z0-9_]+\("))
        .GroupBy(line => line.Split(' ', 2)[0] is var first && char.IsAsciiDigit(first[0]) ? first : "")
        .Select(thread => thread.Count()).DefaultIfEmpty(0).Max();

    /// <summary>Detaches.</summary>
    /// <returns>How many calls the thread has made that has made most.</returns>
    public int End()
    {
        if (!_strace.HasExited)
        {
            using Process kill = Process.Start(new ProcessStartInfo(
                "kill", ["-INT", string.Create(CultureInfo.InvariantCulture, $"{_strace.Id}")])
            { RedirectStandardError = true })!; // it may have ended with the daemon by now
            kill.WaitForExit();
        }

        EndStrace(MostMilliseconds);
        return MostCalls(_file);
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
