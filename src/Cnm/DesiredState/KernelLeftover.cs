namespace Net.Cnm.DesiredState;

/// <summary>An object in the kernel that carries our tag and that nothing wants, and the words it is shown with. Made where it is
/// observed; whoever removes it does not read the words.</summary>
/// <param name="Kind">Its sort: link, namespace, rule, file ...</param>
/// <param name="Name">Its name for people: an interface name, a path; for rules the backend's own words.</param>
/// <param name="Tag">The owner's tag that it carries; empty where it can carry none.</param>
public abstract record KernelLeftover(string Kind, string Name, string Tag);
