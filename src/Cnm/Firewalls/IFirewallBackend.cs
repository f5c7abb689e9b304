using Net.Cnm.Errors;
using Net.Cnm.Findings;

namespace Net.Cnm.Firewalls;

/// <summary>Compiles policies to one kind of firewall rules and installs them in the daemon's network namespace. A backend keeps no state
/// between calls: the rules in the kernel are the only record.</summary>
public interface IFirewallBackend
{
    /// <summary>The name of the backend: <c>iptables</c> or <c>nftables</c>.</summary>
    string Name { get; }

    /// <summary>Carries out a change as a whole or not at all. Creates this program's tables and chains that do not exist yet.</summary>
    /// <exception cref="CnmException">Unavailable: the program or the kernel feature is missing. Internal: the rules were refused; the
    /// message contains the error text of the program or kernel that refused them.</exception>
    void Change(FirewallChange change);

    /// <summary>Compares policies with the rules in the kernel that carry tags of this program. Changes nothing.</summary>
    FirewallDifference Diff(IReadOnlyCollection<FirewallPolicy> desired);

    /// <summary>Makes the rules exactly those that these policies want: adds missing rules and removes leftovers. Rules of other programs
    /// stay as they are.</summary>
    /// <exception cref="CnmException">For the reasons given at <see cref="Change"/>.</exception>
    void Reconcile(IReadOnlyCollection<FirewallPolicy> desired);

    /// <summary>The shell commands that would carry out a change in the namespace as it is now, one command per line.</summary>
    IReadOnlyList<string> Explain(FirewallChange change);

    /// <summary>Reads the packet and byte counters of the rules of published ports. A port whose rule does not exist is left out.</summary>
    IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports);

    /// <summary>Finds who holds what the addition of policies has to wait for. Changes nothing.</summary>
    /// <param name="policies">The policies.</param>
    /// <returns>What is held and by whom, as in <c>the lock /run/xtables.lock is held by process 12 (sleep)</c>; null when nothing is
    /// held.</returns>
    string? FindHolder(IReadOnlyCollection<FirewallPolicy> policies);

    /// <summary>Finds rules of other programs that drop packets which this program's rules accept. Each result is a sentence that names the
    /// remedy. Changes nothing.</summary>
    IReadOnlyList<string> FindObstacles();

    /// <summary>Finds rules of other programs that take one of these packets, as far as that can be told for certain. What
    /// <see cref="FindObstacles"/> names is left out. Changes nothing.</summary>
    IReadOnlyList<StoppedPacket> FindStopped(IReadOnlyCollection<SamplePacket> packets);

    /// <summary>Finds tables of iptables-legacy that have rules while the rules of this backend are in nf_tables: packets pass both, and
    /// what lists the one does not show the other. Each is as in <c>ip filter</c>. Changes nothing.</summary>
    IReadOnlyList<string> FindLegacyTables();

    /// <summary>Removes every rule, chain, set and table of this program, except the administrator's chain <c>NETCTL-USER</c> when it has
    /// rules.</summary>
    void RemoveAll();
}
