using Net.Cnm.Errors;
using Net.Firewall.Obstacles;
using Net.Firewall.Programs;

namespace Net.Firewall.Firewalld;

/// <summary>The zone of firewalld that bridges are put into, until its next reload: what comes from there it lets through.</summary>
/// <remarks>
/// firewalld rejects what comes from a link of no zone, in a table of its own that an accept of ours does not beat; it lets through what
/// destination NAT has translated, so published ports need nothing more. Source: firewall-cmd(1), firewalld.zone(5).
/// </remarks>
/// <param name="programs">Finds <c>firewall-cmd</c>.</param>
public sealed class FirewalldZone(HostPrograms programs)
{
    private const string Program = "firewall-cmd";
    private const string Zone = "--zone=trusted";

    /// <summary>Whether firewalld has its rules in the namespace of the calling thread, and can be spoken to.</summary>
    public bool IsActive() => programs.Has(Program) && ForwardObstacles.HasFirewalld();

    /// <summary>The links that are in the zone now; none when firewalld does not answer.</summary>
    public IReadOnlySet<string> ReadMembers()
    {
        (int code, string output, _) = programs.Run(Program, [Zone, "--list-interfaces"], "");
        return new HashSet<string>(
            code == 0 ? output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [], StringComparer.Ordinal);
    }

    /// <summary>Puts a link into the zone, wherever it was before.</summary>
    /// <exception cref="CnmException">Internal: firewalld refused.</exception>
    public void Add(string link) => Do(link, AddOption(link));

    /// <summary>Takes a link out of the zone.</summary>
    /// <exception cref="CnmException">Internal: firewalld refused.</exception>
    public void Remove(string link) => Do(link, RemoveOption(link));

    /// <summary>The command a person would type for <see cref="Add"/>.</summary>
    public static string ExplainAdd(string link) => $"{Program} {Zone} {AddOption(link)}";

    /// <summary>The command a person would type for <see cref="Remove"/>.</summary>
    public static string ExplainRemove(string link) => $"{Program} {Zone} {RemoveOption(link)}";

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
