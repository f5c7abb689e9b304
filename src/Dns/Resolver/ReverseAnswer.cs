using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>What a name source knows about an address.</summary>
public readonly record struct ReverseAnswer
{
    private readonly IReadOnlyList<DnsName>? _names;

    private ReverseAnswer(IReadOnlyList<DnsName> ours) => _names = ours;

    /// <summary>The source does not know the address: it is the upstream servers' to answer.</summary>
    public static ReverseAnswer NotOurs => default;

    /// <summary>Whether the source knows the address. Then the question never leaves the host.</summary>
    public bool IsOurs => _names is not null;

    /// <summary>The names, in the order in which they are answered.</summary>
    public IReadOnlyList<DnsName> Names => _names ?? [];

    /// <summary>The source knows the address.</summary>
    /// <param name="names">Its names, mostly one. The list must not change afterwards.</param>
    public static ReverseAnswer Ours(IReadOnlyList<DnsName> names) => new(names);
}
