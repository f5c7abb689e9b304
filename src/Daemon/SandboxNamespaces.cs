using Net.Linux;

namespace Net.Daemon;

/// <summary>Opens containers' network namespaces for the DNS server, which dials servers that were named for a container from within that
/// container.</summary>
/// <param name="threads">Enters namespaces.</param>
/// <param name="execRoot">The folder in which <c>netns/ID</c> is bound.</param>
internal sealed class SandboxNamespaces(NamespaceThread threads, string execRoot)
{
    /// <summary>Opens the namespace of a client of the DNS server.</summary>
    /// <param name="client">The client's key: a sandbox's id.</param>
    /// <returns>The namespace; the caller disposes of it.</returns>
    /// <exception cref="LinuxException">The namespace does not exist, or no longer.</exception>
    public NetworkNamespace Open(string client) => threads.Open(Path.Combine(execRoot, "netns", client));
}
