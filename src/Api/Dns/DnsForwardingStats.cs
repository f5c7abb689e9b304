namespace Net.Api.Dns;

/// <summary>What the resolver got from others, and what it keeps of it.</summary>
public sealed record DnsForwardingStats
{
    /// <summary>Answers in the cache.</summary>
    public long CacheEntries { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long CacheBytes { get; init; }

    /// <summary>Questions that the cache answered.</summary>
    public long CacheHits { get; init; }

    /// <summary>Questions that it could not answer.</summary>
    public long CacheMisses { get; init; }

    /// <summary>Answers that were given up for want of room, not of age.</summary>
    public long CacheEvictions { get; init; }

    /// <summary>The servers that were asked.</summary>
    public IReadOnlyList<DnsServerStats>? Servers { get; init; }
}
