using System.Globalization;
using Net.Cnm.Errors;
using Net.Firewall.Programs;
using Net.Linux;

namespace Net.Firewall.Iptables;

/// <summary>Runs the programs of the package iptables. They work in the namespace of the calling thread.</summary>
public sealed class IptablesPrograms
{
    /// <summary>The lock that the legacy variant takes for each change: XT_LOCK_NAME in iptables/xshared.h. The other one has
    /// none.</summary>
    private const string Lock = "/run/xtables.lock";

    private const int LockSeconds = 5;
    private const int ResourceProblem = 4; // enum xtables_exittype in include/xtables.h

    private readonly HostPrograms _programs;
    private readonly string _variantSuffix;
    private readonly Lazy<IptablesVariant> _variant;

    /// <summary>Looks for the programs in directories separated by colons, as in <c>PATH</c>, and then in the system's own.</summary>
    public IptablesPrograms(string? searchPath)
        : this(new HostPrograms(searchPath))
    {
    }

    private IptablesPrograms(HostPrograms programs, string variantSuffix = "")
    {
        _programs = programs;
        _variantSuffix = variantSuffix;
        _variant = new Lazy<IptablesVariant>(ReadVariant, LazyThreadSafetyMode.PublicationOnly); // an error is not kept
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

    /// <summary>Carries out a plan. Another program that changes rules is waited for, for a few seconds.</summary>
    /// <returns>Null when the plan was carried out, else the program's error output.</returns>
    /// <exception cref="CnmException">Unavailable: not installed, or the lock of iptables is held by another program.</exception>
    public string? Restore(IptablesPlan plan)
    {
        string wait = string.Create(CultureInfo.InvariantCulture, $"--wait={LockSeconds}");
        (int code, _, string error) = _programs.Run(Name(plan.Family, "restore"), ["--noflush", wait], plan.ToRestoreText());
        if (code == ResourceProblem && error.Contains("xtables lock", StringComparison.Ordinal))
        {
            throw new CnmException(
                CnmErrorKind.Unavailable, $"firewall: {HeldBy(LockHolder.Find(Lock))}; end that one, then try again");
        }

        return code == 0 ? null : error.Trim().ReplaceLineEndings("; ");
    }

    /// <summary>Finds the program that keeps others from changing rules.</summary>
    /// <returns>What is held and by whom; null when nothing is.</returns>
    public string? FindHolder() =>
        _variant.Value == IptablesVariant.Legacy && LockHolder.Find(Lock) is { } holder ? HeldBy(holder) : null;

    private static string HeldBy(LockHolder? holder) =>
        $"the lock of iptables, {Lock}, is held by {holder?.ToString() ?? "another program"}";

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
