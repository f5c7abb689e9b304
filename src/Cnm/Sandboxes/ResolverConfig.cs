using System.Net;

namespace Net.Cnm.Sandboxes;

/// <summary>The user's settings for the DNS resolver of a sandbox. A list that is given replaces the host's list as a whole.</summary>
public sealed record ResolverConfig
{
    /// <summary>No settings: those of the daemon and the host apply.</summary>
    public static ResolverConfig None { get; } = new();

    /// <summary>The addresses of the DNS servers to query (<c>--dns</c>), as reached from the sandbox; empty when not given.</summary>
    public IReadOnlyList<IPAddress> Servers { get; init; } = [];

    /// <summary>The search list (<c>--dns-search</c>); empty when not given. The single entry "." stands for an empty search
    /// list.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>Options of resolv.conf(5) (<c>--dns-option</c>), such as "ndots:2"; empty when not given.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
