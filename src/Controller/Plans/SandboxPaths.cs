using Net.Cnm.DesiredState;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Plans;

/// <summary>The paths of a sandbox's run-time files.</summary>
/// <param name="root">The directory of all run-time files.</param>
internal sealed class SandboxPaths(ExecRoot root)
{
    /// <summary>The sandbox's network namespace; that of the host in mode host.</summary>
    public NamespaceRef NamespaceOf(Sandbox sandbox) =>
        sandbox.Mode == NetworkMode.Host ? NamespaceRef.Host : NamespaceRef.At(NamespacePath(sandbox), sandbox.Name);

    /// <summary>The file on which its network namespace is mounted.</summary>
    public string NamespacePath(Sandbox sandbox) => root.NamespacePath(sandbox.Id);

    /// <summary>The link to its network namespace that leads there in every mount namespace.</summary>
    public string NamespaceLink(Sandbox sandbox) => root.NamespaceLinkPath(sandbox.Id);

    /// <summary>The path of one of its files: hosts, resolv.conf or hostname.</summary>
    public string FilePath(Sandbox sandbox, string name) => root.FilePath(sandbox.Id, name);

    /// <summary>The files that are mounted over those in its /etc; those of the other for a sandbox that shares another's network
    /// stack. On the host's network only a hosts file that has lines of the user's.</summary>
    public IReadOnlyList<FileMount> Mounts(Sandbox sandbox) => sandbox.Mode == NetworkMode.Host
        ? sandbox.ExtraHosts is null ? [] : [new FileMount("/etc/hosts", FilePath(sandbox, "hosts"))]
        :
        [
            new FileMount("/etc/hosts", FilePath(sandbox, "hosts")),
            new FileMount("/etc/resolv.conf", FilePath(sandbox, "resolv.conf")),
            new FileMount("/etc/hostname", FilePath(sandbox, "hostname")),
        ];
}
