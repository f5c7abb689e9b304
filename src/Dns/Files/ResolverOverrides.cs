using System.Collections.Immutable;
using System.Net;

namespace Net.Dns.Files;

/// <summary>What a user says about a container's resolver; each part that is given takes the place of the host's whole part.</summary>
public sealed record ResolverOverrides
{
    /// <summary>Nothing said: all as the host has it.</summary>
    public static ResolverOverrides None { get; } = new();

    /// <summary><c>--dns</c>; empty means not given.</summary>
    public ImmutableArray<IPAddress> NameServers { get; init; } = [];

    /// <summary><c>--dns-search</c>; empty means not given, "." alone means an empty list.</summary>
    public ImmutableArray<string> Search { get; init; } = [];

    /// <summary><c>--dns-option</c>; empty means not given.</summary>
    public ImmutableArray<string> Options { get; init; } = [];
}
