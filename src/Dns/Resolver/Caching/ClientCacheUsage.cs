namespace Net.Dns.Resolver.Caching;

/// <summary>What one client uses of an <see cref="AnswerCache"/>: the answers that this client was the first to ask for.</summary>
/// <param name="client">The client's counters, by which it is known.</param>
internal sealed class ClientCacheUsage(DnsCounters client)
{
    /// <summary>The client's counters, by which it is known.</summary>
    public DnsCounters Client => client;

    /// <summary>The answers, the least recently used one first, whichever client used it.</summary>
    public LinkedList<CachedAnswer> Answers { get; } = [];

    /// <summary>The memory that the answers take, in bytes, approximately.</summary>
    public long Bytes { get; set; }
}
