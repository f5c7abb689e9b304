namespace Net.Cnm.DesiredState;

/// <summary>An object in the kernel that carries our tag and that nothing wants.</summary>
/// <param name="Kind">Its sort: link, namespace, rule, file ...</param>
/// <param name="Name">What removes it needs to find it: an interface name, a path; for rules the backend's own words.</param>
/// <param name="Tag">The owner's tag that it carries.</param>
public sealed record KernelLeftover(string Kind, string Name, string Tag);
