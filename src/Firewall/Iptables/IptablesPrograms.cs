using System.Diagnostics;

using Net.Cnm.Errors;

namespace Net.Firewall.Iptables;

/// <summary>The programs of the package iptables: where they are, and how they are run. They work in the namespace of the calling thread.</summary>
/// <param name="searchPath">Directories with colons between, as in <c>PATH</c>; /usr/sbin and /sbin are looked at after them.</param>
public sealed class IptablesPrograms(string? searchPath)
{
    private readonly string[] _directories =
        [.. (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/sbin"];

    /// <summary>Whether the programs of a family are installed.</summary>
    public bool AreInstalled(FirewallFamily family) => Find(Name(family, "restore")) is not null && Find(Name(family, "save")) is not null;

    /// <summary>Reads the rules of a family.</summary>
    /// <exception cref="CnmException">Unavailable: not installed. Internal: the program failed.</exception>
    public IptablesState Save(FirewallFamily family)
    {
        string program = Name(family, "save");
        (int code, string output, string error) = Run(program, [], "");
        return code == 0
            ? IptablesState.Parse(family, output)
            : throw new CnmException(CnmErrorKind.Internal, $"firewall: {program} ended with {code}: {error.Trim()}; check that the kernel has ip_tables or nf_tables");
    }

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

    private (int Code, string Output, string Error) Run(string program, string[] arguments, string input)
    {
        string path = Find(program) ?? throw new CnmException(
            CnmErrorKind.Unavailable,
            $"firewall: the program {program} is not installed; install the package iptables, or start the daemon with --firewall-backend nftables");
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;

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
}
