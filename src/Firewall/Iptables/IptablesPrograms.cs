using System.ComponentModel;
using System.Diagnostics;

using Net.Cnm.Errors;

namespace Net.Firewall.Iptables;

/// <summary>The programs of the package iptables: where they are, and how they are run. They work in the namespace of the calling thread.</summary>
/// <param name="searchPath">Directories with colons between, as in <c>PATH</c>; /usr/sbin and /sbin are looked at after them.</param>
/// <param name="started">Told the id of each process that is started, as soon as it runs; null for nobody.</param>
public sealed class IptablesPrograms(string? searchPath, Action<int>? started = null)
{
    private readonly string[] _directories =
        [.. (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/sbin"];

    /// <summary>Whether the programs of a family are installed.</summary>
    public bool AreInstalled(FirewallFamily family) => Find(Name(family, "restore")) is not null && Find(Name(family, "save")) is not null;

    /// <summary>Which sort they are, by what <c>iptables-restore --version</c> says; programs from before there were two are the older one.</summary>
    /// <exception cref="CnmException">Unavailable: not installed, or cannot be run.</exception>
    public IptablesVariant ReadVariant() =>
        Run(Name(FirewallFamily.IPv4, "restore"), ["--version"], "").Output.Contains("nf_tables", StringComparison.Ordinal)
            ? IptablesVariant.NfTables
            : IptablesVariant.Legacy;

    /// <summary>Reads the rules of a family.</summary>
    /// <exception cref="CnmException">Unavailable: not installed. Internal: the program failed.</exception>
    public IptablesState Save(FirewallFamily family) => IptablesState.Parse(family, RunSave(Name(family, "save"), []));

    /// <summary>Reads the rules that the older sort of iptables has, if its program is there; none otherwise.</summary>
    /// <exception cref="CnmException">Internal: the program failed.</exception>
    public IptablesState SaveLegacy(FirewallFamily family)
    {
        string program = family == FirewallFamily.IPv4 ? "iptables-legacy-save" : "ip6tables-legacy-save";
        return Find(program) is null ? IptablesState.Empty(family) : IptablesState.Parse(family, RunSave(program, []));
    }

    /// <summary>Reads what the rules of a table have counted, one line a rule.</summary>
    /// <exception cref="CnmException">As for <see cref="Save"/>.</exception>
    internal IReadOnlyDictionary<IptablesRule, (ulong Packets, ulong Bytes)> ReadCounters(FirewallFamily family, string table) =>
        IptablesCounters.Parse(family, table, RunSave(Name(family, "save"), ["-c", "-t", table]));

    /// <summary>Carries out a plan.</summary>
    /// <returns>Null when it is done, else what the program said.</returns>
    /// <exception cref="CnmException">Unavailable: not installed.</exception>
    public string? Restore(IptablesPlan plan)
    {
        (int code, _, string error) = Run(Name(plan.Family, "restore"), ["--noflush", "--wait"], plan.ToRestoreText());
        return code == 0 ? null : error.Trim().ReplaceLineEndings("; ");
    }

    private static string Name(FirewallFamily family, string action) => $"{(family == FirewallFamily.IPv4 ? "iptables" : "ip6tables")}-{action}";

    private string? Find(string program) => _directories.Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    private string RunSave(string program, string[] arguments)
    {
        (int code, string output, string error) = Run(program, arguments, "");
        return code == 0
            ? output
            : throw new CnmException(CnmErrorKind.Internal, $"firewall: {program} ended with {code}: {error.Trim()}; check that the kernel has ip_tables or nf_tables");
    }

    private (int Code, string Output, string Error) Run(string program, string[] arguments, string input)
    {
        string path = Find(program) ?? throw new CnmException(
            CnmErrorKind.Unavailable,
            $"firewall: the program {program} is not installed; install the package iptables, or start the daemon with --firewall-backend nftables");
        using Process process = Start(path, arguments);
        started?.Invoke(process.Id);

        // A thread, not a task: this may be called on a thread whose namespace pool workers must not inherit.
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
            // It ended without reading; its words and its exit code say why.
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
                $"firewall: the program {path} cannot be run: {error.Message}; install the package iptables again, or start the daemon with --firewall-backend nftables",
                error);
        }
    }
}
