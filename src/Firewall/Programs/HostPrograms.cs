using System.ComponentModel;
using System.Diagnostics;

using Net.Cnm.Errors;

namespace Net.Firewall.Programs;

/// <summary>Finds and runs the host's programs that change its firewall. They work in the namespace of the calling thread.</summary>
/// <param name="searchPath">Directories separated by colons, as in <c>PATH</c>; the system's own directories are searched after
/// them.</param>
/// <param name="started">Called with the id of each process that is started, as soon as it runs; null when nobody needs it.</param>
public sealed class HostPrograms(string? searchPath, Action<int>? started = null)
{
    /// <summary>How long a program may run. Restoring a hundred thousand rules takes a few seconds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly string[] _directories =
        [.. (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/sbin", "/usr/bin"];

    /// <summary>Whether a program is installed.</summary>
    public bool Has(string program) => Find(program) is not null;

    /// <summary>Runs a program to its end. One that does not end within half a minute is killed.</summary>
    /// <param name="program">Its file name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <returns>Exit code, standard output and standard error.</returns>
    /// <exception cref="CnmException">Unavailable: not installed, cannot be run, or has not ended in time.</exception>
    public (int Code, string Output, string Error) Run(string program, string[] arguments, string input)
    {
        string path = Find(program) ?? throw new CnmException(
            CnmErrorKind.Unavailable,
            $"firewall: the program {program} is not installed; install the package iptables, or start the daemon with " +
            "--firewall-backend nftables");
        using Process process = Start(path, arguments);
        started?.Invoke(process.Id);

        // Threads, not tasks: this may run on a thread whose namespace pool workers must not inherit.
        string output = "";
        string error = "";
        Thread[] streams =
        [
            Begin(() => output = process.StandardOutput.ReadToEnd()),
            Begin(() => error = process.StandardError.ReadToEnd()),
            Begin(() => Write(process, input)),
        ];
        bool isOverdue = !process.WaitForExit(Limit);
        if (isOverdue)
        {
            End(process);
        }

        // What it has started may have its streams open for ever.
        bool isClosed = streams.All(stream => stream.Join(isOverdue ? Grace : Limit));
        return !isOverdue && isClosed
            ? (process.ExitCode, output, error)
            : throw new CnmException(
                CnmErrorKind.Unavailable,
                $"firewall: {path} (process {process.Id}) had not ended after {Limit.TotalSeconds} s and was ended; see whether the "
                    + "machine is overloaded or what the program waits for, then try again");
    }

    private static Thread Begin(Action body)
    {
        var thread = new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // The program ended without reading its input, or was ended; its output and its exit code say why.
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static void Write(Process process, string input)
    {
        process.StandardInput.Write(input);
        process.StandardInput.Close();
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true); // what it has started may have its output open, which is read to the end
        }
        catch (Exception error) when (error is Win32Exception or AggregateException or InvalidOperationException)
        {
            // It has ended meanwhile, or cannot be ended.
        }
    }

    private static Process Start(string path, string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"firewall: the program {path} cannot be run: {error.Message}; install its package again, or start the daemon with " +
                "--firewall-backend nftables",
                error);
        }
    }

    private string? Find(string program) => _directories.Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
}
