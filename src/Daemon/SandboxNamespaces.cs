using Net.Linux;

namespace Net.Daemon;

/// <summary>Opens containers' network namespaces for the DNS server, which asks servers that were named for a container from within it.</summary>
internal sealed class SandboxNamespaces(NamespaceThread threads, string execRoot)
{
    /// <summary>Opens the namespace of a client of the DNS server.</summary>
    /// <param name="client">The client's key: a sandbox's id.</param>
    /// <returns>The namespace; the caller disposes of it.</returns>
    /// <exception cref="LinuxException">It is not there, or not any more.</exception>
    public NetworkNamespace Open(string client) => threads.Open(Path.Combine(execRoot, "netns", client));
}
