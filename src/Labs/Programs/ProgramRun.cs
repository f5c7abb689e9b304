using System.ComponentModel;
using System.Diagnostics;
using Net.Labs.Lessons.Models;

namespace Net.Labs.Programs;

/// <summary>Runs the standard programs that labs are made of: unshare(1), nsenter(1), ip(8).</summary>
internal static class ProgramRun
{
    private static readonly string[] Folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>Starts a program with its standard streams joined to this process.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <exception cref="FormatException">The program is not there.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        Start(Request(program, arguments, environment, isPiped: true));

    /// <summary>Starts a program on this process's own standard streams.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <exception cref="FormatException">The program is not there.</exception>
    public static Process StartInForeground(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        Start(Request(program, arguments, environment, isPiped: false));

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>What it wrote, standard error after standard output. It is complete when the program and all that it has started and that
    /// hold its streams have ended.</returns>
    /// <exception cref="FormatException">The program is not there.</exception>
    public static async Task<Seen> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string input,
        CancellationToken cancellationToken)
    {
        using Process process = Start(program, arguments, environment);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            await WriteAsync(process, input, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new Seen(process.ExitCode, (await output + await error).TrimEnd('\n'));
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Whether a program is in one of the folders that programs are in, those of the administrator too.</summary>
    public static bool Exists(string program) => program.StartsWith('/')
        ? File.Exists(program)
        : Folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>The value of PATH with all folders that programs are in.</summary>
    /// <param name="first">The folder that is looked at before all others.</param>
    public static string SearchPath(string first) => string.Join(
        ':',
        new[] { first }.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .Concat(Folders).Distinct());

    private static async Task WriteAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading all; its exit code says why.
        }
    }

    private static Process Start(ProcessStartInfo request)
    {
        try
        {
            return Process.Start(request)!;
        }
        catch (Win32Exception error)
        {
            throw new FormatException(
                $"{request.FileName} cannot be run ({error.Message}), and labs are made with it: install util-linux and iproute2", error);
        }
    }

    private static ProcessStartInfo Request(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, bool isPiped)
    {
        var request = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = isPiped,
            RedirectStandardOutput = isPiped,
            RedirectStandardError = isPiped,
        };
        request.Environment.Clear();
        foreach ((string name, string value) in environment)
        {
            request.Environment[name] = value;
        }

        return request;
    }
}
