using Net.Cnm.Firewalls;

namespace Net.Cnm.DesiredState;

/// <summary>How the kernel deviates from the desired state. It contains everything that the repair needs, so that any engine can repair it,
/// at any time and more than once.</summary>
/// <param name="Missing">Desired objects that do not exist.</param>
/// <param name="Different">Objects that exist with other properties: the desired object, and a description of the actual one.</param>
/// <param name="Leftover">Objects that carry a tag of this program and should not exist.</param>
/// <param name="Conflicts">Sentences about objects of other programs that exist in place of desired ones, and about obstacles. Mending
/// leaves them alone.</param>
/// <param name="Policies">The firewall policies that the rules were compared with. Those of an owner are left out when an object of another
/// program exists in place of one of its own: the rules would be for a device that is not ours.</param>
public sealed record StateDifference(
    IReadOnlyList<DesiredObject> Missing,
    IReadOnlyList<(DesiredObject Wanted, string Actual)> Different,
    IReadOnlyList<KernelLeftover> Leftover,
    IReadOnlyList<string> Conflicts,
    IReadOnlyList<FirewallPolicy> Policies)
{
    /// <summary>Whether <see cref="Leftover"/> is complete. It is not when an error came up at the comparison of some objects.</summary>
    public bool LeftoversAreKnown { get; init; } = true;

    /// <summary>Objects that were handed over to another program and do not exist any more. They are no deviation: they went with what that
    /// program did with them.</summary>
    public IReadOnlyList<DesiredObject> Gone { get; init; } = [];

    /// <summary>Those of <see cref="Missing"/> and <see cref="Different"/> that are links in use, which a container has renamed or moved
    /// elsewhere: to put them right is to make them anew, without what the container has on them.</summary>
    public IReadOnlyList<DesiredObject> TakenElsewhere { get; init; } = [];

    /// <summary>Namespaces of running sandboxes that count as different for one reason: their files are not bound to them. What is in them
    /// was compared all the same.</summary>
    public IReadOnlyList<DesiredObject> Unbound { get; init; } = [];

    /// <summary>Whether links were there that a removal had left to be deleted later (ADR 25): what followed them may not have been done
    /// either, by a daemon that was killed.</summary>
    public bool HadGraves { get; init; }

    /// <summary>Whether the kernel is in the desired state and nothing is in conflict.</summary>
    public bool IsEmpty => Missing.Count == 0 && Different.Count == 0 && Leftover.Count == 0 && Conflicts.Count == 0;
}
