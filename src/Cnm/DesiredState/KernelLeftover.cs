namespace Net.Cnm.DesiredState;

/// <summary>An object in the kernel that carries a tag of this program although no desired object wants it. The strings describe it to
/// people; the code that removes it does not use them.</summary>
/// <param name="Kind">The kind of object, such as link, namespace, rule or file.</param>
/// <param name="Name">The name shown to people: an interface name or a path; for rules, the command that would add the rule.</param>
/// <param name="Tag">The tag of the owner that the object carries; empty when such an object can carry none.</param>
public abstract record KernelLeftover(string Kind, string Name, string Tag);
