using Net.Cnm.Identifiers;

namespace Net.Cnm.Sandboxes;

/// <summary>The daemon's run-time directory, whose content is lost at the next boot, and the paths in it. No other type builds these
/// paths.</summary>
/// <param name="Directory">The absolute path of the directory, such as /run/netctl.</param>
public sealed record ExecRoot(string Directory)
{
    /// <summary>The directory of the files on which sandboxes' network namespaces are mounted.</summary>
    public string NamespaceDirectory => Path.Combine(Directory, "netns");

    /// <summary>The directory that contains one directory per sandbox, for its hosts, resolv.conf and hostname files.</summary>
    public string SandboxDirectory => Path.Combine(Directory, "containers");

    /// <summary>The directory that contains one directory per shim, for its socket and state.</summary>
    public string ShimDirectory => Path.Combine(Directory, "shims");

    /// <summary>The directory of the copy of the store, which is kept for the case that the store is lost.</summary>
    public string MirrorDirectory => Path.Combine(Directory, "mirror");

    /// <summary>The file of the prior values of the host's settings, which is kept for the same case.</summary>
    public string PriorValuesPath => Path.Combine(Directory, "priors.json");

    /// <summary>The file of the number of the store's last commit, by which a store is known that has lost commits.</summary>
    public string LastCommitPath => Path.Combine(Directory, "last-commit");

    /// <summary>The path of the file on which a sandbox's network namespace is mounted.</summary>
    public string NamespacePath(SandboxId sandbox) => Path.Combine(NamespaceDirectory, sandbox.Value);

    /// <summary>The name of the link to its network namespace in the directory of a shim.</summary>
    public const string NamespaceLinkName = "netns";

    /// <summary>The path of the symbolic link that a sandbox's shim makes to its network namespace, below /proc: it leads there in every
    /// mount namespace.</summary>
    public string NamespaceLinkPath(SandboxId sandbox) => Path.Combine(ShimDirectory, sandbox.Value, NamespaceLinkName);

    /// <summary>The path of one of a sandbox's files.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="name">The name of the file: hosts, resolv.conf or hostname.</param>
    public string FilePath(SandboxId sandbox, string name) => Path.Combine(SandboxDirectory, sandbox.Value, name);
}
