using Net.Cnm.DesiredState;

namespace Net.Cnm.Firewalls;

/// <summary>A rule, or an element of a set, that no policy wants. Only the firewall backend can remove it, by
/// <see cref="IFirewallBackend.Reconcile"/> with all policies that are wanted.</summary>
/// <param name="Kind">Its sort in the backend: rule or element.</param>
/// <param name="Name">The command that would add it.</param>
/// <param name="Tag">The owner's tag that it carries; empty when it carries none.</param>
public sealed record RuleLeftover(string Kind, string Name, string Tag) : KernelLeftover(Kind, Name, Tag);
