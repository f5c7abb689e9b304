using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;

namespace Net.Cnm.DesiredState;

/// <summary>Brings the kernel to the desired state. It is the controller's only access to the kernel. The controller calls it from one
/// operation at a time.</summary>
public interface IDesiredStateEngine
{
    /// <summary>Reads the facts about the host that drivers and the planner need.</summary>
    HostFacts ReadHostFacts();

    /// <summary>Carries out a change: first additions and replacements in a fixed order of phases, then removals.</summary>
    /// <param name="change">The change.</param>
    /// <param name="postponed">Receives a sentence for each object that could not be made because of what a container has done to its own
    /// namespace or files, such as setting a link down; the rest of the change is carried out, and a later <see cref="Mend"/> makes the
    /// object. Null: such a failure is like any other.</param>
    /// <returns>A sentence for each object that could not be removed; empty when all were. An object that no longer exists counts as
    /// removed.</returns>
    /// <exception cref="CnmException">An addition or replacement failed; all additions and replacements are undone, and nothing was
    /// removed. Conflict: an object of another program is in the way. Unavailable: a kernel feature or program is missing. Internal: the
    /// kernel refused; the message contains its error text.</exception>
    IReadOnlyList<string> Apply(StateChange change, ICollection<string>? postponed = null);

    /// <summary>Compares the whole desired state with the kernel. Changes nothing. The conflicts of the result include rules of other
    /// programs that drop packets which our rules accept.</summary>
    StateDifference Diff(IReadOnlyCollection<DesiredObject> desired);

    /// <summary>Reads what the checks for faults of the host look at. Changes nothing. What cannot be read is left out.</summary>
    /// <remarks>Sends ARP requests on those of our bridges that have ports of other programs, and waits a fifth of a second for
    /// answers.</remarks>
    HostSurvey Survey(SurveyRequest request);

    /// <summary>Repairs a difference: adds what is missing, corrects what differs, and removes leftovers. Conflicts are left alone, and so
    /// are objects that have become correct in the meantime.</summary>
    /// <remarks>The difference may be an old one or one that another engine found. When rules were added or removed since it was found,
    /// leftover rules are not removed but reported: only another <see cref="Diff"/> can tell which of them are wanted now.</remarks>
    /// <returns>A sentence for each deviation that could not be repaired.</returns>
    IReadOnlyList<string> Mend(StateDifference difference);

    /// <summary>Makes the firewall's rules exactly those that the policies among these objects want; changes nothing else. As in
    /// <see cref="Diff"/>, an owner gets no rules when an object of another program exists in place of one of its own.</summary>
    /// <param name="desired">All firewall policies and all links. The links are needed to see where a device of another program exists in
    /// place of one of ours.</param>
    /// <returns>What had to be changed.</returns>
    /// <exception cref="CnmException">For the reasons given at <see cref="Apply"/>; the rules are unchanged then.</exception>
    FirewallMending MendFirewall(IReadOnlyCollection<DesiredObject> desired);

    /// <summary>Finds who holds what the additions of a change have to wait for. A change that is carried out all the same waits for a few
    /// seconds, and then fails; what it was to remove is left for later. Changes nothing.</summary>
    /// <returns>What is held and by whom, as in <c>the lock /run/xtables.lock is held by process 12 (sleep)</c>; null when the change has
    /// to wait for nobody.</returns>
    string? FindHolder(StateChange change);

    /// <summary>Makes the kernel forget every tracked connection, of both families and all protocols, that has an address as its source or
    /// destination in the original or in the reply direction. For addresses that left their sandbox in a change that was broken off:
    /// <see cref="Apply"/> does so for the addresses that it removes. Does nothing where the kernel has no ctnetlink.</summary>
    /// <param name="gone">Whether an address has left its sandbox.</param>
    void ForgetConnections(Predicate<IPAddress> gone);

    /// <summary>Reads the packet and byte counters of the rules of published ports. A port whose rule does not exist is left out.</summary>
    IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports);

    /// <summary>The shell commands that would carry out a change, one command per line. A step that no command can do is a comment line
    /// that starts with <c>#</c>.</summary>
    IReadOnlyList<string> Explain(StateChange change);

    /// <summary>Whether removals have left something for later of which the kernel's objects tell nothing: what is left would not be found
    /// after a crash, but for the tombstones.</summary>
    bool HasUnfinishedRemovals { get; }

    /// <summary>Returns when the kernel has done what removals have left for later: nothing of theirs is seen any more, such as links that
    /// are yet to be deleted.</summary>
    void FinishRemovals();

    /// <summary>Removes what belongs to no single desired object, such as the firewall's chains, and sets adopted settings back to their
    /// prior values.</summary>
    /// <returns>A sentence for each object that could not be removed and each setting that could not be set back.</returns>
    IReadOnlyList<string> Reset();
}
