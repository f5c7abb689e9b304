using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Firewall.Iptables;
using Net.Firewall.Nftables;

namespace Net.Firewall;

/// <summary>Which backend the daemon uses, and why.</summary>
/// <param name="Backend"><c>iptables</c> or <c>nftables</c>.</param>
/// <param name="Variant">Which sort of iptables it is; null for nftables.</param>
/// <param name="Reason">Why, for the log: a sentence.</param>
public sealed record FirewallBackendChoice(string Backend, IptablesVariant? Variant, string Reason)
{
    /// <summary>Chooses: what was asked for, else iptables when its program is installed, else nftables.</summary>
    /// <param name="asked">The value of <c>--firewall-backend</c>, or null.</param>
    /// <param name="programs">Where iptables is looked for.</param>
    /// <exception cref="CnmException">InvalidParameter: another word. Unavailable: iptables was asked for and is not installed, or cannot
    /// be run.</exception>
    public static FirewallBackendChoice Make(string? asked, IptablesPrograms programs)
    {
        bool installed = programs.AreInstalled(FirewallFamily.IPv4);
        return asked switch
        {
            "iptables" when !installed => throw new CnmException(
                CnmErrorKind.Unavailable,
                "firewall backend iptables: its program is not installed; install the package iptables, or use nftables"),
            "iptables" => TakeIptables("--firewall-backend iptables was given"),
            "nftables" => new FirewallBackendChoice(asked, null, "--firewall-backend nftables was given"),
            null when installed => TakeIptables("the program iptables is installed"),
            null => new FirewallBackendChoice("nftables", null, "the program iptables is not installed"),
            _ =>
                throw new CnmException(
                    CnmErrorKind.InvalidParameter, $"firewall backend \"{asked}\" is not known; use iptables or nftables"),
        };

        FirewallBackendChoice TakeIptables(string reason)
        {
            IptablesVariant variant = programs.ReadVariant();
            string sort = variant == IptablesVariant.NfTables ? "the nf_tables variant" : "the legacy variant";
            return new FirewallBackendChoice("iptables", variant, $"{reason}; it is {sort}");
        }
    }

    private static readonly NftablesTable[] HostTables = [NftablesTable.IPv4, NftablesTable.IPv6];

    /// <summary>Opens the chosen backend in the namespace of the calling thread. One that is <see cref="IDisposable"/> is the caller's to
    /// dispose.</summary>
    /// <remarks>With iptables too, what happens inside a bridge is <c>table bridge netctl</c>, if the kernel has nf_tables at
    /// all.</remarks>
    /// <exception cref="CnmException">Unavailable: the kernel has no nf_tables.</exception>
    public IFirewallBackend Open(IptablesPrograms programs, bool ipv6Available) => Backend == "iptables"
        ? new BridgedFirewall(
            new IptablesBackend(programs, ipv6Available),
            NftablesBackend.IsInKernel() ? NftablesBackend.Open(null, ipv6Available, [NftablesTable.Bridge]) : null)
        : NftablesBackend.Open(null, ipv6Available);

    /// <summary>Removes what a daemon before has left elsewhere, with the other backend or the other sort of iptables: its rules would go
    /// on to lead to addresses that are others' by now. The bridge's table stays, since both backends have it.</summary>
    /// <param name="programs">Where iptables is looked for; a program that is not installed has left nothing that could be removed by
    /// it.</param>
    /// <returns>What could not be removed, in words; null when nothing is left.</returns>
    public string? RemoveOther(IptablesPrograms programs)
    {
        try
        {
            bool inKernel = NftablesBackend.IsInKernel();
            if (Variant != IptablesVariant.NfTables && inKernel)
            {
                new IptablesBackend(programs.OfSort(IptablesVariant.NfTables)).RemoveAll();
            }

            if (Variant != IptablesVariant.Legacy && Enum.GetValues<FirewallFamily>().Any(family => LegacyTables.Names(family).Count > 0))
            {
                new IptablesBackend(programs.OfSort(IptablesVariant.Legacy)).RemoveAll();
            }

            if (Backend != "nftables" && inKernel)
            {
                using var other = NftablesBackend.Open(tables: HostTables);
                other.RemoveAll();
            }

            return null;
        }
        catch (CnmException error)
        {
            return $"rules of the other firewall backend could not be looked for or removed: {error.Message}";
        }
    }
}
