using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>The cache of upstream servers' answers, kept for their time to live and evicted least recently used first. For one
/// thread.</summary>
/// <remarks>A client that uses a quarter of the cache evicts its own answers alone: one that asks for names without end takes nothing from
/// the others.</remarks>
/// <param name="maxEntries">The most answers; 0 keeps none.</param>
/// <param name="maxBytes">The most memory of all answers, in bytes, approximately.</param>
/// <param name="clock">A monotonic clock in milliseconds.</param>
internal sealed class AnswerCache(int maxEntries, long maxBytes, Func<long> clock)
{
    private const int ClientPartDivisor = 4; // one client uses at most a quarter of the cache while others need the rest

    private readonly Dictionary<CacheKey, CachedAnswer> _answers = [];
    private readonly LinkedList<CachedAnswer> _byUse = []; // least recently used first
    private readonly Dictionary<DnsCounters, ClientCacheUsage> _usageOfClient = []; // of the clients that have answers here

    /// <summary>The number of answers.</summary>
    public int Count => _answers.Count;

    /// <summary>The memory that the answers take, in bytes, approximately.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many queries were answered from the cache.</summary>
    public long Hits { get; private set; }

    /// <summary>How many cacheable queries were not.</summary>
    public long Misses { get; private set; }

    /// <summary>How many answers were evicted before their time was over.</summary>
    public long Evictions { get; private set; }

    /// <summary>Looks an answer up. Allocates nothing.</summary>
    /// <param name="group">The client's upstream servers.</param>
    /// <param name="query">The client's query.</param>
    /// <returns>Null when there is none, or the query is not cacheable.</returns>
    public CachedAnswer? Find(UpstreamGroup group, in DnsQuery query)
    {
        if (maxEntries == 0 || !CacheableQuery.Is(query))
        {
            return null;
        }

        CacheKey key = CacheKey.Of(group, query);
        CachedAnswer? found = Find(key) ?? Find(key with { Type = CacheKey.AllTypes });
        if (found is null)
        {
            Misses++;
            return null;
        }

        Hits++;
        found.Renew(_byUse);
        return found;
    }

    /// <summary>Stores an answer, if it is cacheable.</summary>
    /// <param name="group">The servers that were asked.</param>
    /// <param name="query">The query.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="server">The server that gave it.</param>
    /// <param name="client">The counters of the client that asked first.</param>
    public void Store(UpstreamGroup group, in DnsQuery query, ReadOnlySpan<byte> answer, UpstreamServer? server, DnsCounters client)
    {
        if (maxEntries == 0 || !CacheableQuery.Is(query) || AnswerLifetime.Of(answer, query) is not { Seconds: > 0 } lifetime)
        {
            return;
        }

        CacheKey key = CacheKey.Of(group, query).ToOwned();
        CacheKey nameErrorKey = key with { Type = CacheKey.AllTypes };
        ClientCacheUsage usage = _usageOfClient.GetValueOrDefault(client) ?? new ClientCacheUsage(client);
        var kept = new CachedAnswer(lifetime.HoldsForAllTypes ? nameErrorKey : key, answer, lifetime, server, usage, clock());
        if (kept.Size > maxBytes)
        {
            return;
        }

        // The name exists after all, or no longer: the new answer replaces what contradicts it.
        Remove(key);
        Remove(nameErrorKey);
        while (Count > 0 && (Count >= maxEntries || Bytes + kept.Size > maxBytes))
        {
            CachedAnswer victim = SelectVictim(usage);
            Evictions += victim.IsExpired(clock()) ? 0 : 1;
            Remove(victim.Key);
        }

        _answers.Add(kept.Key, kept);
        _usageOfClient[client] = usage;
        kept.Link(_byUse);
        Bytes += kept.Size;
    }

    /// <summary>Removes expired answers. Looks at every answer.</summary>
    public void RemoveExpired()
    {
        long now = clock();
        for (LinkedListNode<CachedAnswer>? node = _byUse.First; node is not null;)
        {
            CachedAnswer answer = node.Value;
            node = node.Next;
            if (answer.IsExpired(now))
            {
                Remove(answer.Key);
            }
        }
    }

    /// <summary>Removes all answers.</summary>
    public void Clear()
    {
        _answers.Clear();
        _usageOfClient.Clear();
        _byUse.Clear();
        Bytes = 0;
    }

    private CachedAnswer SelectVictim(ClientCacheUsage usage)
    {
        bool usesItsPart = usage.Answers.Count > maxEntries / ClientPartDivisor || usage.Bytes > maxBytes / ClientPartDivisor;
        return (usesItsPart ? usage.Answers : _byUse).First!.Value;
    }

    private CachedAnswer? Find(in CacheKey key)
    {
        if (!_answers.TryGetValue(key, out CachedAnswer? found) || !found.IsExpired(clock()))
        {
            return found;
        }

        Remove(key);
        return null;
    }

    private void Remove(in CacheKey key)
    {
        if (_answers.Remove(key, out CachedAnswer? removed))
        {
            Bytes -= removed.Size;
            removed.Unlink(_byUse);
            if (removed.Usage.Answers.Count == 0)
            {
                _usageOfClient.Remove(removed.Usage.Client);
            }
        }
    }
}
