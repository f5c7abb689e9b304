using Net.Cnm.DesiredState;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Plans;

/// <summary>Where the run-time files of a sandbox are.</summary>
/// <param name="execRoot">An absolute path.</param>
internal sealed class SandboxPaths(string execRoot)
{
    /// <summary>The sandbox's namespace; the host's in host mode.</summary>
    public NamespaceRef NamespaceOf(Sandbox sandbox) =>
        sandbox.Mode == NetworkMode.Host ? NamespaceRef.Host : NamespaceRef.At(NamespacePath(sandbox), sandbox.Name);

    /// <summary>The file its namespace is bound to.</summary>
    public string NamespacePath(Sandbox sandbox) => Path.Combine(execRoot, "netns", sandbox.Id.Value);

    /// <summary>One of its files: hosts, resolv.conf or hostname.</summary>
    public string FilePath(Sandbox sandbox, string name) => Path.Combine(execRoot, "containers", sandbox.Id.Value, name);

    /// <summary>What is mounted over the files of its /etc.</summary>
    public IReadOnlyList<FileMount> Mounts(Sandbox sandbox) => sandbox.Mode == NetworkMode.Host
        ? []
        :
        [
            new FileMount("/etc/hosts", FilePath(sandbox, "hosts")),
            new FileMount("/etc/resolv.conf", FilePath(sandbox, "resolv.conf")),
            new FileMount("/etc/hostname", FilePath(sandbox, "hostname")),
        ];
}
