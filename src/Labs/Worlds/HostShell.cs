using System.Diagnostics;
using System.Globalization;
using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Labs.Programs;

namespace Net.Labs.Worlds;

/// <summary>Runs commands on a host of a lab, and in its containers.</summary>
/// <param name="folder">The lab's folder, where commands run.</param>
/// <param name="host">The host.</param>
internal sealed class HostShell(string folder, HostProcess host)
{
    private const int MostOutput = 4 * 1024 * 1024;
    private const string Netctl = "netctl";

    // A command of a lab that takes longer hangs.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Joins the host's cgroup and namespaces; the rest of the arguments is the program.
    private const string Enter =
        """
        [ "$(cut -d ' ' -f 22 "/proc/$TARGET/stat")" = "$BORN" ] || { echo "the host has ended"; exit 125; }
        [ ! -d "$GROUP/processes" ] || echo $$ >"$GROUP/processes/cgroup.procs" || exit 125
        exec nsenter --target "$TARGET" --mount --net --pid --uts --ipc --cgroup -- "$@"
        """;

    // The output goes to a file of the host's: a program that is left running would hold a pipe open for ever, and one that writes without
    // end fills the host's memory and not the machine's.
    private const string Write =
        """
        output=$1; shift
        exec >"$output" 2>&1 </dev/null
        """ + "\n" + Enter;

    private const string Begin =
        "cd -- \"$LAB\" || { echo \"the folder of the lab is below /run, or on a mount below /etc, /var, /tmp, /root or /opt, "
        + "and so hidden from its hosts: copy it elsewhere\"; exit 125; }\n";

    /// <summary>The environment of processes on the host.</summary>
    /// <param name="folder">The lab's folder.</param>
    public static IReadOnlyDictionary<string, string> EnvironmentIn(string folder) => new Dictionary<string, string>
    {
        ["PATH"] = ProgramRun.SearchPath(AppContext.BaseDirectory.TrimEnd('/')),
        ["HOME"] = "/root",
        ["LANG"] = "C.UTF-8",
        ["TERM"] = Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } terminal ? terminal : "dumb",
        [LabReader.FolderVariable] = folder,
    };

    /// <summary>Runs a command to its end.</summary>
    public async Task<Seen> RunAsync(LabCommand command, CancellationToken cancellationToken)
    {
        string output = $"{host.Root}/run/.host/output.{Guid.NewGuid():N}";
        string limit = Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        string[] inside = command.Container is { } container
            ? ["sh", "-c", $"{Begin}exec {Netctl} exec \"$1\" sh -c \"$2\"", "sh", container, command.Text]
            : ["sh", "-c", Begin + command.Text];
        try
        {
            using Process process = ProgramRun.Start(
                "sh", ["-c", Write, "sh", output, "timeout", "--kill-after=1", limit, .. inside], Variables);
            process.StandardInput.Close();
            long began = TimeProvider.System.GetTimestamp();
            try
            {
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            return new Seen(process.ExitCode, Read(output)) { TimedOut = TimeProvider.System.GetElapsedTime(began) >= Limit };
        }
        finally
        {
            if (File.Exists(output))
            {
                File.Delete(output);
            }
        }
    }

    /// <summary>Runs a standard program to its end; only for one that leaves nothing running.</summary>
    /// <exception cref="FormatException">It fails; the message has what it wrote.</exception>
    public async Task RunAsync(IReadOnlyList<string> program, string input, CancellationToken cancellationToken)
    {
        Seen seen = await ProgramRun.RunAsync("sh", ["-c", Enter, "sh", .. program], Variables, input, cancellationToken);
        if (seen.ExitCode != 0)
        {
            throw new FormatException(
                $"{string.Join(' ', program)} fails on the host {host.Name}: {seen.Output.ReplaceLineEndings("; ")}");
        }
    }

    /// <summary>Starts a shell, or the program that is given, on this process's own terminal.</summary>
    public Process StartInForeground(IReadOnlyList<string> program)
    {
        string prompt = $"{host.Name}:\\w# ";
        string[] shell = File.Exists("/bin/bash") ? ["bash", "--norc", "-i"] : ["sh", "-i"];
        return ProgramRun.StartInForeground(
            "sh",
            ["-c", Enter, "sh", "sh", "-c", Begin + "exec \"$@\"", "sh", .. program.Count > 0 ? program : shell],
            new Dictionary<string, string>(Variables) { ["PS1"] = prompt });
    }

    private Dictionary<string, string> Variables => new(EnvironmentIn(folder))
    {
        ["GROUP"] = host.Group ?? "",
        ["BORN"] = host.StartTicks.ToString(CultureInfo.InvariantCulture),
        ["TARGET"] = host.ProcessId.ToString(CultureInfo.InvariantCulture),
    };

    private static string Read(string file)
    {
        if (!File.Exists(file))
        {
            return "the host has ended";
        }

        using FileStream stream = File.OpenRead(file);
        byte[] bytes = new byte[(int)Math.Min(stream.Length, MostOutput)];
        int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return System.Text.Encoding.UTF8.GetString(bytes, 0, count).TrimEnd('\n');
    }
}
