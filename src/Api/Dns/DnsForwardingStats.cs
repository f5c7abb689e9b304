namespace Net.Api.Dns;

/// <summary>The statistics of the resolver's cache and of its upstream servers.</summary>
public sealed record DnsForwardingStats
{
    /// <summary>Answers in the cache.</summary>
    public long CacheEntries { get; init; }

    /// <summary>Their size in bytes.</summary>
    public long CacheBytes { get; init; }

    /// <summary>Queries that the cache answered.</summary>
    public long CacheHits { get; init; }

    /// <summary>Queries that the cache could not answer.</summary>
    public long CacheMisses { get; init; }

    /// <summary>Answers that were evicted for lack of space before they expired.</summary>
    public long CacheEvictions { get; init; }

    /// <summary>The servers that were queried.</summary>
    public IReadOnlyList<DnsServerStats>? Servers { get; init; }
}
