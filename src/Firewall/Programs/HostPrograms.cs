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
    private readonly string[] _directories =
        [.. (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/sbin", "/usr/bin"];

    /// <summary>Whether a program is installed.</summary>
    public bool Has(string program) => Find(program) is not null;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its file name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <returns>Exit code, standard output and standard error.</returns>
    /// <exception cref="CnmException">Unavailable: not installed, or cannot be run.</exception>
    public (int Code, string Output, string Error) Run(string program, string[] arguments, string input)
    {
        string path = Find(program) ?? throw new CnmException(
            CnmErrorKind.Unavailable,
            $"firewall: the program {program} is not installed; install the package iptables, or start the daemon with " +
            "--firewall-backend nftables");
        using Process process = Start(path, arguments);
        started?.Invoke(process.Id);

        // A thread, not a task: this may run on a thread whose namespace pool workers must not inherit.
        string error = "";
        var errors = new Thread(() => error = process.StandardError.ReadToEnd());
        errors.Start();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input; its output and its exit code say why.
        }

        string output = process.StandardOutput.ReadToEnd();
        errors.Join();
        process.WaitForExit();
        return (process.ExitCode, output, error);
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
