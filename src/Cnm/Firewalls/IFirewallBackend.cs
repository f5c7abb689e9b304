using Net.Cnm.Errors;

namespace Net.Cnm.Firewalls;

/// <summary>Compiles policies to one kind of rules and puts them into the daemon's namespace. Stateless between calls: the kernel is the
/// record.</summary>
public interface IFirewallBackend
{
    /// <summary><c>iptables</c> or <c>nftables</c>.</summary>
    string Name { get; }

    /// <summary>Carries out a change, all of it or nothing; makes tables and chains of ours that are not there yet.</summary>
    /// <exception cref="CnmException">Unavailable: the program or the kernel feature is missing. Internal: the rules were refused; the
    /// message has the words of who refused.</exception>
    void Change(FirewallChange change);

    /// <summary>Holds policies against the rules that carry our tags, changing nothing.</summary>
    FirewallDifference Diff(IReadOnlyCollection<FirewallPolicy> desired);

    /// <summary>Makes the rules exactly what these policies want: missing ones come, leftovers go. Others' rules stay as they
    /// are.</summary>
    /// <exception cref="CnmException">As for <see cref="Change"/>.</exception>
    void Reconcile(IReadOnlyCollection<FirewallPolicy> desired);

    /// <summary>The commands a person would type for a change in the namespace as it is now, one a line.</summary>
    IReadOnlyList<string> Explain(FirewallChange change);

    /// <summary>What the rules of published ports have counted. A port whose rule is not there is left out.</summary>
    IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports);

    /// <summary>Others' rules that stop what ours let through, each a sentence that names the remedy. Reads only.</summary>
    IReadOnlyList<string> FindObstacles();

    /// <summary>Removes every rule, chain, set and table of ours, except the administrator's <c>NETCTL-USER</c> when it has
    /// rules.</summary>
    void RemoveAll();
}
