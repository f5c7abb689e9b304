using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>Answers of servers, for as long as they are good and there is room: the one that was not used for longest goes first. For one thread.</summary>
/// <param name="mostEntries">How many; 0: none.</param>
/// <param name="mostBytes">How much memory for all of them, in bytes, about.</param>
/// <param name="clock">Milliseconds of a clock that only goes forward.</param>
internal sealed class AnswerCache(int mostEntries, long mostBytes, Func<long> clock)
{
    private readonly Dictionary<CacheKey, CachedAnswer> _answers = [];
    private CachedAnswer? _newest;
    private CachedAnswer? _oldest;

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
        Unlink(found);
        LinkNewest(found);
        return found;
    }

    /// <summary>Keeps an answer, if it may be kept.</summary>
    /// <param name="group">Who was asked.</param>
    /// <param name="query">What it answers.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="server">Which of the group.</param>
    public void Store(UpstreamGroup group, in DnsQuery query, ReadOnlySpan<byte> answer, UpstreamServer? server)
    {
        if (mostEntries == 0 || !CacheableQuery.Is(query) || AnswerLifetime.Of(answer, query) is not { Seconds: > 0 } lifetime)
        {
            return;
        }

        CacheKey key = CacheKey.Of(group, query).ToOwned();
        CacheKey nameless = key with { Type = CacheKey.AllTypes };
        var kept = new CachedAnswer(lifetime.HoldsForAllTypes ? nameless : key, answer, lifetime, server, clock());
        if (kept.Size > mostBytes)
        {
            return;
        }

        // A name that is there after all, or no more: what was said before is not true now.
        Remove(key);
        Remove(nameless);
        while (_oldest is not null && (Count >= mostEntries || Bytes + kept.Size > mostBytes))
        {
            Evictions += _oldest.IsExpired(clock()) ? 0 : 1;
            Remove(_oldest.Key);
        }

        _answers.Add(kept.Key, kept);
        Bytes += kept.Size;
        LinkNewest(kept);
    }

    /// <summary>Removes what is good no more. Looks at every answer.</summary>
    public void RemoveExpired()
    {
        long now = clock();
        for (CachedAnswer? answer = _oldest; answer is not null;)
        {
            CachedAnswer? next = answer.Newer;
            if (answer.IsExpired(now))
            {
                Remove(answer.Key);
            }

            answer = next;
        }
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        _answers.Clear();
        _newest = _oldest = null;
        Bytes = 0;
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
            Unlink(removed);
        }
    }

    private void LinkNewest(CachedAnswer answer)
    {
        answer.Older = _newest;
        if (_newest is not null)
        {
            _newest.Newer = answer;
        }

        _newest = answer;
        _oldest ??= answer;
    }

    private void Unlink(CachedAnswer answer)
    {
        if (answer.Older is { } older)
        {
            older.Newer = answer.Newer;
        }
        else
        {
            _oldest = answer.Newer;
        }

        if (answer.Newer is { } newer)
        {
            newer.Older = answer.Older;
        }
        else
        {
            _newest = answer.Older;
        }

        answer.Older = answer.Newer = null;
    }
}
