namespace Net.Kernel;

/// <summary>The directories in which the engine makes files and looks for leftover ones.</summary>
public sealed record KernelPaths
{
    /// <summary>The daemon's own directory of bound namespaces, EXEC_ROOT/netns. Every file in it is the daemon's; made when it is
    /// missing.</summary>
    public required string NamespaceDirectory { get; init; }

    /// <summary>The daemon's own directory, EXEC_ROOT/shims, that has for each sandbox a directory with a link to its namespace; null where
    /// there are no such links.</summary>
    public string? NamespaceLinkDirectory { get; init; }

    /// <summary>The daemon's own directory of sandboxes' files, EXEC_ROOT/containers, with a directory a sandbox. Every file in it is the
    /// daemon's; null where none are looked for.</summary>
    public string? SandboxDirectory { get; init; }

    /// <summary>Where <c>ip netns</c> looks for names; null where names are not wanted.</summary>
    public string? NamedNamespaceDirectory { get; init; } = "/run/netns";
}
