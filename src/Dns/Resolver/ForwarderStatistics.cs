namespace Net.Dns.Resolver;

/// <summary>What is known of the servers that questions are sent on to, and of their answers.</summary>
public sealed record ForwarderStatistics
{
    /// <summary>Answers that are kept now.</summary>
    public int CacheEntries { get; init; }

    /// <summary>The memory they take, in bytes, about.</summary>
    public long CacheBytes { get; init; }

    /// <summary>Questions answered from the cache so far.</summary>
    public long CacheHits { get; init; }

    /// <summary>Questions whose answer might have been in the cache and was not, so far.</summary>
    public long CacheMisses { get; init; }

    /// <summary>Answers that went before their time for lack of room, so far.</summary>
    public long CacheEvictions { get; init; }

    /// <summary>The servers of the clients' policies, each once.</summary>
    public IReadOnlyList<UpstreamServerStatistics> Servers { get; init; } = [];

    /// <summary>Both together.</summary>
    internal static ForwarderStatistics Sum(ForwarderStatistics left, ForwarderStatistics right) => new()
    {
        CacheEntries = left.CacheEntries + right.CacheEntries,
        CacheBytes = left.CacheBytes + right.CacheBytes,
        CacheHits = left.CacheHits + right.CacheHits,
        CacheMisses = left.CacheMisses + right.CacheMisses,
        CacheEvictions = left.CacheEvictions + right.CacheEvictions,
        Servers = [.. left.Servers.Concat(right.Servers).GroupBy(static one => one.Server).Select(static same => same.Aggregate(UpstreamServerStatistics.Sum))],
    };
}
