using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Firewall.Iptables;
using Net.Firewall.Nftables;

namespace Net.Firewall;

/// <summary>The firewall backend that the daemon uses, and the reason for it.</summary>
/// <param name="Backend"><c>iptables</c> or <c>nftables</c>.</param>
/// <param name="Variant">The variant of the iptables programs; null for nftables.</param>
/// <param name="Reason">The reason, as a sentence for the log.</param>
public sealed record FirewallBackendChoice(string Backend, IptablesVariant? Variant, string Reason)
{
    /// <summary>Chooses the backend: the one that was asked for, else iptables when its programs are installed, else nftables.</summary>
    /// <param name="asked">The value of <c>--firewall-backend</c>, or null.</param>
    /// <param name="programs">The iptables programs to look for.</param>
    /// <exception cref="CnmException">InvalidParameter: the value names no backend. Unavailable: iptables was asked for and is not
    /// installed, or cannot be run.</exception>
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
            string variantName = variant == IptablesVariant.NfTables ? "the nf_tables variant" : "the legacy variant";
            return new FirewallBackendChoice("iptables", variant, $"{reason}; it is {variantName}");
        }
    }

    private static readonly NftablesTable[] HostTables = [NftablesTable.IPv4, NftablesTable.IPv6];

    private static readonly NftablesTable[] SharedTables = [NftablesTable.Bridge, NftablesTable.TrackingIPv4, NftablesTable.TrackingIPv6];

    /// <summary>Opens the chosen backend in the namespace of the calling thread. The caller disposes of a backend that is
    /// <see cref="IDisposable"/>.</summary>
    /// <remarks>With iptables, too, the traffic inside a bridge is ruled by <c>table bridge netctl</c>, and connection tracking is kept on
    /// by the tables <c>netctl-conntrack</c>, if the kernel has nf_tables at all.</remarks>
    /// <exception cref="CnmException">Unavailable: the kernel has no nf_tables.</exception>
    public IFirewallBackend Open(IptablesPrograms programs, bool ipv6Available) => Backend == "iptables"
        ? new BridgedFirewall(
            new IptablesBackend(programs, ipv6Available),
            NftablesBackend.IsInKernel() ? NftablesBackend.Open(null, ipv6Available, SharedTables) : null)
        : NftablesBackend.Open(null, ipv6Available);

    /// <summary>Removes the rules that an earlier daemon made with the other backend or the other variant of iptables: they would go on
    /// sending packets to addresses that other containers have by now. The tables that both backends use stay.</summary>
    /// <param name="programs">The iptables programs to look for; a program that is not installed cannot have left rules that it could
    /// remove.</param>
    /// <returns>A sentence on what could not be removed; null when nothing is left.</returns>
    public string? RemoveOther(IptablesPrograms programs)
    {
        try
        {
            bool inKernel = NftablesBackend.IsInKernel();
            if (Variant != IptablesVariant.NfTables && inKernel)
            {
                new IptablesBackend(programs.OfVariant(IptablesVariant.NfTables)).RemoveAll();
            }

            if (Variant != IptablesVariant.Legacy && Enum.GetValues<FirewallFamily>().Any(family => LegacyTables.Names(family).Count > 0))
            {
                new IptablesBackend(programs.OfVariant(IptablesVariant.Legacy)).RemoveAll();
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
