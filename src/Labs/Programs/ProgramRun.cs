using System.ComponentModel;
using System.Diagnostics;
using Net.Labs.Lessons.Models;

namespace Net.Labs.Programs;

/// <summary>Runs the standard programs that labs are made of: unshare(1), nsenter(1), ip(8).</summary>
internal static class ProgramRun
{
    private const int NoEntry = 2; // ENOENT

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

    /// <summary>Starts a program on this process's own standard output and error; its input comes from this process.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <exception cref="FormatException">The program is not there.</exception>
    public static Process StartWithInput(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo request = Request(program, arguments, environment, isPiped: false);
        request.RedirectStandardInput = true;
        return Start(request);
    }

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
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The path of a program; null when it is in none of the folders that programs are in, those of the administrator too. The
    /// working directory is none of them.</summary>
    public static string? Find(string program) => program.StartsWith('/')
        ? (File.Exists(program) ? program : null)
        : SearchFolders().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>The value of PATH with all folders that programs are in.</summary>
    /// <param name="first">The folder that is looked at before all others.</param>
    public static string SearchPath(string first) => string.Join(':', SearchFolders().Prepend(first).Distinct());

    private static IEnumerable<string> SearchFolders() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Where(folder => folder.StartsWith('/')).Concat(Folders);

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
            return request.FileName.StartsWith('/') ? Process.Start(request)! : throw new Win32Exception(NoEntry);
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
        // The runtime looks for a name in the working directory too, which may be anybody's.
        var request = new ProcessStartInfo(Find(program) ?? program, arguments)
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
