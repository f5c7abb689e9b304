using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;

namespace Net.Cnm.DesiredState;

/// <summary>Makes what should exist so. The only door to the kernel for the controller, which calls it from one operation at a
/// time.</summary>
public interface IDesiredStateEngine
{
    /// <summary>Reads what drivers and the planner need to know of the host.</summary>
    HostFacts ReadHostFacts();

    /// <summary>Carries out a change: additions and replacements in fixed phases first, then removals.</summary>
    /// <returns>What could not be removed, in words; empty when the kernel is clean. Something already gone counts as removed.</returns>
    /// <exception cref="CnmException">An addition or replacement failed; all of them are undone and nothing was removed. Conflict:
    /// another's object stands in the way. Unavailable: a kernel feature or program is missing. Internal: the kernel refused; the message
    /// has its words.</exception>
    IReadOnlyList<string> Apply(StateChange change);

    /// <summary>Holds the whole of desired state against the kernel, changing nothing. Others' rules that stop what ours let through are
    /// among the conflicts.</summary>
    StateDifference Diff(IReadOnlyCollection<DesiredObject> desired);

    /// <summary>Makes good a difference: adds what is missing, corrects what differs, removes what is left over; leaves conflicts alone.
    /// What is in order by now is left as it is.</summary>
    /// <remarks>The difference may be an older one, or another engine's. Leftover rules stay, and are reported, when rules have come or
    /// gone since it was found: which of them are wanted now, only another <see cref="Diff"/> can tell.</remarks>
    /// <returns>What could not be mended, in words.</returns>
    IReadOnlyList<string> Mend(StateDifference difference);

    /// <summary>Makes the firewall's rules exactly what the policies among these objects want; nothing else is changed. An owner in whose
    /// place something of another's stands gets no rules, as in <see cref="Diff"/>.</summary>
    /// <param name="desired">All policies, and all links: by these it is seen in whose place another's device stands.</param>
    /// <returns>Whether anything had to be changed.</returns>
    /// <exception cref="CnmException">As for <see cref="Apply"/>; the rules are as they were.</exception>
    bool MendFirewall(IReadOnlyCollection<DesiredObject> desired);

    /// <summary>What the rules of published ports have counted.</summary>
    IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports);

    /// <summary>The commands a person would type for a change, one a line; what no command can do stands as a comment line starting with
    /// <c>#</c>.</summary>
    IReadOnlyList<string> Explain(StateChange change);

    /// <summary>Takes away what stands for no one desired object, such as the firewall's chains, and puts adopted settings back to their
    /// prior values.</summary>
    /// <returns>What could not be taken away or put back, in words.</returns>
    IReadOnlyList<string> Reset();
}
