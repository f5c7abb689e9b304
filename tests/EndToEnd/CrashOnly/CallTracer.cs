using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>strace(1) on the daemon: it records the system calls that change something, or kills the daemon when one of its threads enters
/// the call of a number.</summary>
internal sealed class KillingTracer : IDisposable
{
    // What a thread writes into a pipe or an eventfd to wake another one counts as well: to tell them apart is not worth it.
    private const string Changing =
        "write,pwrite64,writev,sendto,sendmsg,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,"
        + "symlink,symlinkat,link,linkat,mount,umount2,chmod,fchmod,fchmodat,chown,fchown,bind,kill,vfork,clone3,setsockopt";

    private readonly Process _strace;
    private readonly string _file;

    private KillingTracer(Process strace, string file)
    {
        _strace = strace;
        _file = file;
    }

    /// <summary>Attaches to the daemon of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="call">The number of the call, of one kind in one thread, at which the daemon is killed; null to record only.</param>
    public static KillingTracer Attach(TestHost host, int? call)
    {
        string file = Path.Combine(host.Root, "trace");
        string[] inject = call is { } number
            ? ["-e", string.Create(CultureInfo.InvariantCulture, $"inject={Changing}:signal=KILL:when={number}")]
            : [];
        string daemon = string.Create(CultureInfo.InvariantCulture, $"{host.DaemonId}");
        Process strace = host.Start("strace", ["-f", "-o", file, "-e", $"trace={Changing}", .. inject, "-p", daemon]);
        string? said = strace.StandardError.ReadLine();
        Assert.Contains("attached", said, StringComparison.Ordinal);
        return new KillingTracer(strace, file);
    }

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

        _strace.WaitForExit();
        return File.ReadLines(_file).Where(line => Regex.IsMatch(line, @"^[0-9]+ +[a-z0-9_]+\("))
            .GroupBy(line => line.Split(' ', 2)[0]).Select(thread => thread.Count()).DefaultIfEmpty(0).Max();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_strace.HasExited)
        {
            _strace.Kill();
            _strace.WaitForExit();
        }

        _strace.Dispose();
    }
}
