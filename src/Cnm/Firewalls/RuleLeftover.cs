using Net.Cnm.DesiredState;

namespace Net.Cnm.Firewalls;

/// <summary>A firewall rule, or an element of a set, that no policy wants. Only the firewall backend can remove it, by
/// <see cref="IFirewallBackend.Reconcile"/> with all desired policies.</summary>
/// <param name="Kind">The kind of object in the backend: rule, element or chain.</param>
/// <param name="Name">The command that would add the rule or element, as shown to people.</param>
/// <param name="Tag">The tag of the owner that the rule carries; empty when it carries none.</param>
public sealed record RuleLeftover(string Kind, string Name, string Tag) : KernelLeftover(Kind, Name, Tag);
