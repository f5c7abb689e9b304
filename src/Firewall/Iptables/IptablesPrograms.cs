using Net.Cnm.Errors;
using Net.Firewall.Programs;

namespace Net.Firewall.Iptables;

/// <summary>Runs the programs of the package iptables. They work in the namespace of the calling thread.</summary>
public sealed class IptablesPrograms
{
    private readonly HostPrograms _programs;
    private readonly string _variantSuffix;

    /// <summary>Looks for the programs in directories separated by colons, as in <c>PATH</c>, and then in the system's own.</summary>
    public IptablesPrograms(string? searchPath)
        : this(new HostPrograms(searchPath))
    {
    }

    private IptablesPrograms(HostPrograms programs, string variantSuffix = "")
    {
        _programs = programs;
        _variantSuffix = variantSuffix;
    }

    /// <summary>Looks for the programs where other programs of the host are looked for.</summary>
    public static IptablesPrograms Among(HostPrograms programs) => new(programs);

    /// <summary>The programs of one variant by their own names, such as <c>iptables-nft-save</c>, whichever variant the system has chosen
    /// for <c>iptables</c>.</summary>
    public IptablesPrograms OfVariant(IptablesVariant variant) => new(_programs, variant == IptablesVariant.NfTables ? "-nft" : "-legacy");

    /// <summary>Whether the programs of a family are installed.</summary>
    public bool AreInstalled(FirewallFamily family) => _programs.Has(Name(family, "restore")) && _programs.Has(Name(family, "save"));

    /// <summary>Reads the variant of the programs from <c>iptables-restore --version</c>; programs from before there were two variants are
    /// the legacy one.</summary>
    /// <exception cref="CnmException">Unavailable: not installed, or cannot be run.</exception>
    public IptablesVariant ReadVariant() =>
        _programs.Run(Name(FirewallFamily.IPv4, "restore"), ["--version"], "").Output.Contains("nf_tables", StringComparison.Ordinal)
            ? IptablesVariant.NfTables
            : IptablesVariant.Legacy;

    /// <summary>Reads the rules of a family.</summary>
    /// <exception cref="CnmException">Unavailable: not installed. Internal: the program failed.</exception>
    public IptablesState Save(FirewallFamily family) => IptablesState.Parse(family, RunSave(Name(family, "save"), []));

    /// <summary>Reads the counters of a table's rules.</summary>
    /// <exception cref="CnmException">As for <see cref="Save"/>.</exception>
    internal IReadOnlyDictionary<IptablesRule, (ulong Packets, ulong Bytes)> ReadCounters(FirewallFamily family, string table) =>
        IptablesCounters.Parse(family, table, RunSave(Name(family, "save"), ["-c", "-t", table]));

    /// <summary>Carries out a plan.</summary>
    /// <returns>Null when the plan was carried out, else the program's error output.</returns>
    /// <exception cref="CnmException">Unavailable: not installed.</exception>
    public string? Restore(IptablesPlan plan)
    {
        (int code, _, string error) = _programs.Run(Name(plan.Family, "restore"), ["--noflush", "--wait"], plan.ToRestoreText());
        return code == 0 ? null : error.Trim().ReplaceLineEndings("; ");
    }

    private string Name(FirewallFamily family, string action) =>
        $"{(family == FirewallFamily.IPv4 ? "iptables" : "ip6tables")}{_variantSuffix}-{action}";

    private string RunSave(string program, string[] arguments)
    {
        (int code, string output, string error) = _programs.Run(program, arguments, "");
        return code == 0
            ? output
            : throw new CnmException(
                CnmErrorKind.Internal,
                $"firewall: {program} ended with {code}: {error.Trim()}; check that the kernel has ip_tables or nf_tables");
    }
}
