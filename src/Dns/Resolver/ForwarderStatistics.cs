namespace Net.Dns.Resolver;

/// <summary>The statistics of the cache and of the upstream servers.</summary>
public sealed record ForwarderStatistics
{
    /// <summary>Answers in the cache now.</summary>
    public int CacheEntries { get; init; }

    /// <summary>The memory that they take, in bytes, approximately.</summary>
    public long CacheBytes { get; init; }

    /// <summary>Queries answered from the cache so far.</summary>
    public long CacheHits { get; init; }

    /// <summary>Cacheable queries whose answer was not in the cache, so far.</summary>
    public long CacheMisses { get; init; }

    /// <summary>Answers evicted before their time was over, so far.</summary>
    public long CacheEvictions { get; init; }

    /// <summary>The upstream servers of the clients' policies, each once.</summary>
    public IReadOnlyList<UpstreamServerStatistics> Servers { get; init; } = [];

    /// <summary>The statistics of two threads together.</summary>
    internal static ForwarderStatistics Sum(ForwarderStatistics left, ForwarderStatistics right) => new()
    {
        CacheEntries = left.CacheEntries + right.CacheEntries,
        CacheBytes = left.CacheBytes + right.CacheBytes,
        CacheHits = left.CacheHits + right.CacheHits,
        CacheMisses = left.CacheMisses + right.CacheMisses,
        CacheEvictions = left.CacheEvictions + right.CacheEvictions,
        Servers =
        [
            .. left.Servers.Concat(right.Servers)
                .GroupBy(static one => one.Server)
                .Select(static same => same.Aggregate(UpstreamServerStatistics.Sum)),
        ],
    };
}
