using Net.Cnm.Errors;
using Net.Firewall.Obstacles;
using Net.Firewall.Programs;
using Net.Linux;
using Net.Netlink;

namespace Net.Firewall.Firewalld;

/// <summary>The firewalld zone <c>trusted</c>, whose traffic firewalld accepts. Bridges are put into it until firewalld's next
/// reload.</summary>
/// <remarks>firewalld rejects packets from a link that is in no zone, in a table of its own; an accept in our tables does not override
/// that. It accepts what destination NAT has translated, so published ports need nothing more. Source: firewall-cmd(1),
/// firewalld.zone(5).</remarks>
/// <param name="programs">Finds <c>firewall-cmd</c>.</param>
public sealed class FirewalldZone(HostPrograms programs) : IDisposable
{
    private const string Program = "firewall-cmd";
    private const string Zone = "--zone=trusted";

    // Stays open: the kernel lets nobody close a netfilter socket before it has freed the rules that were removed last, 10 to 20 ms.
    private NetlinkConnection? _netfilter;

    /// <summary>Whether firewalld has its rules in the namespace of the thread that asked first, and <c>firewall-cmd</c> is
    /// installed.</summary>
    public bool IsActive()
    {
        if (!programs.Has(Program))
        {
            return false;
        }

        try
        {
            return ForwardObstacles.HasFirewalld(_netfilter ??= NetlinkConnection.Open(NetlinkProtocol.Netfilter));
        }
        catch (Exception error) when (error is LinuxException or NetlinkException)
        {
            return false; // The kernel has no nf_tables, so no rules of firewalld in it.
        }
    }

    /// <summary>The links in the zone now; empty when firewalld does not answer.</summary>
    public IReadOnlySet<string> ReadMembers()
    {
        (int code, string output, _) = programs.Run(Program, [Zone, "--list-interfaces"], "");
        return new HashSet<string>(
            code == 0 ? output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [], StringComparer.Ordinal);
    }

    /// <summary>Puts a link into the zone and removes it from the zone it was in.</summary>
    /// <exception cref="CnmException">Internal: firewalld refused.</exception>
    public void Add(string link) => Do(link, AddOption(link));

    /// <summary>Removes a link from the zone.</summary>
    /// <exception cref="CnmException">Internal: firewalld refused.</exception>
    public void Remove(string link) => Do(link, RemoveOption(link));

    /// <summary>The command line that does what <see cref="Add"/> does.</summary>
    public static string ExplainAdd(string link) => $"{Program} {Zone} {AddOption(link)}";

    /// <summary>The command line that does what <see cref="Remove"/> does.</summary>
    public static string ExplainRemove(string link) => $"{Program} {Zone} {RemoveOption(link)}";

    /// <summary>Closes the connection to the kernel.</summary>
    public void Dispose() => _netfilter?.Dispose();

    private static string AddOption(string link) => $"--change-interface={link}";

    private static string RemoveOption(string link) => $"--remove-interface={link}";

    private void Do(string link, string option)
    {
        (int code, string output, string error) = programs.Run(Program, [Zone, option], "");
        if (code != 0)
        {
            throw new CnmException(
                CnmErrorKind.Internal,
                $"firewall: firewalld refused to change the zone of {link}: {(error + output).Trim()}; see what firewall-cmd {Zone} " +
                $"{option} says");
        }
    }
}
