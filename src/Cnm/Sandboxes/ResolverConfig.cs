using System.Net;

namespace Net.Cnm.Sandboxes;

/// <summary>What a user says about a sandbox's resolver. Each part that is given takes the place of the host's whole part.</summary>
public sealed record ResolverConfig
{
    /// <summary>Nothing said: all as the daemon and the host have it.</summary>
    public static ResolverConfig None { get; } = new();

    /// <summary>The DNS servers to ask (<c>--dns</c>), as the sandbox reaches them; empty means not given.</summary>
    public IReadOnlyList<IPAddress> Servers { get; init; } = [];

    /// <summary>The search list (<c>--dns-search</c>); empty means not given, "." alone means an empty list.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>Options of resolv.conf(5) (<c>--dns-option</c>), such as "ndots:2"; empty means not given.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
