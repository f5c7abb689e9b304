using Net.Cnm.Identifiers;

namespace Net.Cnm.Sandboxes;

/// <summary>The daemon's directory of everything that lives until the next boot, and the paths in it. They are built here only.</summary>
/// <param name="Directory">An absolute path, such as /run/netctl.</param>
public sealed record ExecRoot(string Directory)
{
    /// <summary>The directory of the files on which sandboxes' network namespaces are mounted.</summary>
    public string NamespaceDirectory => Path.Combine(Directory, "netns");

    /// <summary>The directory with one directory a sandbox, for its hosts, resolv.conf and hostname files.</summary>
    public string SandboxDirectory => Path.Combine(Directory, "containers");

    /// <summary>The directory with one directory a shim, for its socket and state.</summary>
    public string ShimDirectory => Path.Combine(Directory, "shims");

    /// <summary>The file on which a sandbox's network namespace is mounted.</summary>
    public string NamespacePath(SandboxId sandbox) => Path.Combine(NamespaceDirectory, sandbox.Value);

    /// <summary>One of a sandbox's files: hosts, resolv.conf or hostname.</summary>
    public string FilePath(SandboxId sandbox, string name) => Path.Combine(SandboxDirectory, sandbox.Value, name);
}
