using Net.Cnm.Errors;
using Net.Firewall.Programs;

namespace Net.Firewall.Iptables;

/// <summary>The programs of the package iptables. They work in the namespace of the calling thread.</summary>
public sealed class IptablesPrograms
{
    private readonly HostPrograms _programs;
    private readonly string _sort;

    /// <summary>Looks for them in directories with colons between, as in <c>PATH</c>, and then in the system's own.</summary>
    public IptablesPrograms(string? searchPath)
        : this(new HostPrograms(searchPath))
    {
    }

    private IptablesPrograms(HostPrograms programs, string sort = "")
    {
        _programs = programs;
        _sort = sort;
    }

    /// <summary>Looks for them where other programs of the host are looked for.</summary>
    public static IptablesPrograms Among(HostPrograms programs) => new(programs);

    /// <summary>The programs of one sort by their own names, <c>iptables-nft-save</c> as an example, whichever sort is the system's
    /// choice.</summary>
    public IptablesPrograms OfSort(IptablesVariant variant) => new(_programs, variant == IptablesVariant.NfTables ? "-nft" : "-legacy");

    /// <summary>Whether the programs of a family are installed.</summary>
    public bool AreInstalled(FirewallFamily family) => _programs.Has(Name(family, "restore")) && _programs.Has(Name(family, "save"));

    /// <summary>Which sort they are, by what <c>iptables-restore --version</c> says; programs from before there were two are the older
    /// one.</summary>
    /// <exception cref="CnmException">Unavailable: not installed, or cannot be run.</exception>
    public IptablesVariant ReadVariant() =>
        _programs.Run(Name(FirewallFamily.IPv4, "restore"), ["--version"], "").Output.Contains("nf_tables", StringComparison.Ordinal)
            ? IptablesVariant.NfTables
            : IptablesVariant.Legacy;

    /// <summary>Reads the rules of a family.</summary>
    /// <exception cref="CnmException">Unavailable: not installed. Internal: the program failed.</exception>
    public IptablesState Save(FirewallFamily family) => IptablesState.Parse(family, RunSave(Name(family, "save"), []));

    /// <summary>Reads what the rules of a table have counted, one line a rule.</summary>
    /// <exception cref="CnmException">As for <see cref="Save"/>.</exception>
    internal IReadOnlyDictionary<IptablesRule, (ulong Packets, ulong Bytes)> ReadCounters(FirewallFamily family, string table) =>
        IptablesCounters.Parse(family, table, RunSave(Name(family, "save"), ["-c", "-t", table]));

    /// <summary>Carries out a plan.</summary>
    /// <returns>Null when it is done, else what the program said.</returns>
    /// <exception cref="CnmException">Unavailable: not installed.</exception>
    public string? Restore(IptablesPlan plan)
    {
        (int code, _, string error) = _programs.Run(Name(plan.Family, "restore"), ["--noflush", "--wait"], plan.ToRestoreText());
        return code == 0 ? null : error.Trim().ReplaceLineEndings("; ");
    }

    private string Name(FirewallFamily family, string action) =>
        $"{(family == FirewallFamily.IPv4 ? "iptables" : "ip6tables")}{_sort}-{action}";

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
