using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>Answers of servers, for as long as they are good and there is room: the one that was not used for longest goes first. For one thread.</summary>
/// <remarks>A client that has had a quarter of them asked for makes room by its own alone: who asks for names without end takes nothing from others.</remarks>
/// <param name="mostEntries">How many; 0: none.</param>
/// <param name="mostBytes">How much memory for all of them, in bytes, about.</param>
/// <param name="clock">Milliseconds of a clock that only goes forward.</param>
internal sealed class AnswerCache(int mostEntries, long mostBytes, Func<long> clock)
{
    private const int Shares = 4;

    private readonly Dictionary<CacheKey, CachedAnswer> _answers = [];
    private readonly LinkedList<CachedAnswer> _byUse = []; // the one that was not used for longest first
    private readonly Dictionary<DnsCounters, CacheShare> _shares = []; // only those in which there are answers

    /// <summary>How many answers there are.</summary>
    public int Count => _answers.Count;

    /// <summary>The memory they take, in bytes, about.</summary>
    public long Bytes { get; private set; }

    /// <summary>How often there was an answer.</summary>
    public long Hits { get; private set; }

    /// <summary>How often there was none to a question whose answer might have been there.</summary>
    public long Misses { get; private set; }

    /// <summary>How many answers went before their time, for lack of room.</summary>
    public long Evictions { get; private set; }

    /// <summary>Looks an answer up. Makes no garbage.</summary>
    /// <returns>Null: there is none, or none for this kind of question.</returns>
    public CachedAnswer? Find(UpstreamGroup group, in DnsQuery query)
    {
        if (mostEntries == 0 || !CacheableQuery.Is(query))
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

    /// <summary>Keeps an answer, if it may be kept.</summary>
    /// <param name="group">Who was asked.</param>
    /// <param name="query">What it answers.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="server">Which of the group.</param>
    /// <param name="client">For whom: counts in these numbers.</param>
    public void Store(UpstreamGroup group, in DnsQuery query, ReadOnlySpan<byte> answer, UpstreamServer? server, DnsCounters client)
    {
        if (mostEntries == 0 || !CacheableQuery.Is(query) || AnswerLifetime.Of(answer, query) is not { Seconds: > 0 } lifetime)
        {
            return;
        }

        CacheKey key = CacheKey.Of(group, query).ToOwned();
        CacheKey nameless = key with { Type = CacheKey.AllTypes };
        CacheShare share = _shares.GetValueOrDefault(client) ?? new CacheShare(client);
        var kept = new CachedAnswer(lifetime.HoldsForAllTypes ? nameless : key, answer, lifetime, server, share, clock());
        if (kept.Size > mostBytes)
        {
            return;
        }

        // A name that is there after all, or no more: what was said before is not true now.
        Remove(key);
        Remove(nameless);
        while (Count > 0 && (Count >= mostEntries || Bytes + kept.Size > mostBytes))
        {
            CachedAnswer last = NextToGo(share);
            Evictions += last.IsExpired(clock()) ? 0 : 1;
            Remove(last.Key);
        }

        _answers.Add(kept.Key, kept);
        _shares[client] = share;
        kept.Link(_byUse);
        Bytes += kept.Size;
    }

    /// <summary>Removes what is good no more. Looks at every answer.</summary>
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

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        _answers.Clear();
        _shares.Clear();
        _byUse.Clear();
        Bytes = 0;
    }

    private CachedAnswer NextToGo(CacheShare share)
    {
        bool isLarge = share.Answers.Count > mostEntries / Shares || share.Bytes > mostBytes / Shares;
        return (isLarge ? share.Answers : _byUse).First!.Value;
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
            if (removed.Share.Answers.Count == 0)
            {
                _shares.Remove(removed.Share.Client);
            }
        }
    }
}
