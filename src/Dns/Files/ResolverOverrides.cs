using System.Collections.Immutable;
using System.Net;

namespace Net.Dns.Files;

/// <summary>The user's settings for a container's resolv.conf. Each setting that is given replaces the host's whole setting.</summary>
public sealed record ResolverOverrides
{
    /// <summary>No settings: everything is as on the host.</summary>
    public static ResolverOverrides None { get; } = new();

    /// <summary><c>--dns</c>; empty means not given.</summary>
    public ImmutableArray<IPAddress> NameServers { get; init; } = [];

    /// <summary><c>--dns-search</c>; empty means not given, "." alone means an empty list.</summary>
    public ImmutableArray<string> Search { get; init; } = [];

    /// <summary><c>--dns-option</c>; empty means not given.</summary>
    public ImmutableArray<string> Options { get; init; } = [];
}
