using System.Buffers.Binary;
using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>One answer in the <see cref="AnswerCache"/>.</summary>
internal sealed class CachedAnswer
{
    private const int Overhead = 330; // bytes of this object, its list nodes, its dictionary entry and its array headers, approximately
    private const int MillisecondsPerSecond = 1000;

    private readonly byte[] _message; // without its OPT record
    private readonly bool _isNegative;
    private readonly long _since;
    private readonly long _until;
    private readonly LinkedListNode<CachedAnswer> _inAll;
    private readonly LinkedListNode<CachedAnswer> _inUsage;

    /// <summary>Copies an answer.</summary>
    /// <param name="key">Its key, whose name is not a view of a message.</param>
    /// <param name="message">The answer as a server gave it.</param>
    /// <param name="lifetime">How long it may be cached.</param>
    /// <param name="server">The server.</param>
    /// <param name="usage">The usage of the client that asked for it first.</param>
    /// <param name="now">The present time of the cache's clock, in milliseconds.</param>
    public CachedAnswer(
        in CacheKey key,
        ReadOnlySpan<byte> message,
        in AnswerLifetime lifetime,
        UpstreamServer? server,
        ClientCacheUsage usage,
        long now)
    {
        Key = key;
        Server = server;
        Usage = usage;
        _inAll = new LinkedListNode<CachedAnswer>(this);
        _inUsage = new LinkedListNode<CachedAnswer>(this);
        _message = message[..lifetime.Length].ToArray();
        _isNegative = lifetime.IsNegative;
        _since = now;
        _until = now + (lifetime.Seconds * MillisecondsPerSecond);
        if (lifetime.Length < message.Length)
        {
            Span<byte> additionalCount = _message.AsSpan(DnsHeader.Size - sizeof(ushort));
            BinaryPrimitives.WriteUInt16BigEndian(additionalCount, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(additionalCount) - 1));
        }
    }

    /// <summary>Its key in the cache.</summary>
    public CacheKey Key { get; }

    /// <summary>The server that gave it.</summary>
    public UpstreamServer? Server { get; }

    /// <summary>The memory that it takes, in bytes, approximately.</summary>
    public int Size => Overhead + _message.Length + Key.Name.Wire.Length;

    /// <summary>The usage of the client that it is counted to.</summary>
    public ClientCacheUsage Usage { get; }

    /// <summary>Adds it to the cache's lists.</summary>
    /// <param name="byUse">All answers, the least recently used one first.</param>
    public void Link(LinkedList<CachedAnswer> byUse)
    {
        byUse.AddLast(_inAll);
        Usage.Answers.AddLast(_inUsage);
        Usage.Bytes += Size;
    }

    /// <summary>Removes it from the cache's lists.</summary>
    /// <param name="byUse">As in <see cref="Link"/>.</param>
    public void Unlink(LinkedList<CachedAnswer> byUse)
    {
        byUse.Remove(_inAll);
        Usage.Answers.Remove(_inUsage);
        Usage.Bytes -= Size;
    }

    /// <summary>Makes it the most recently used one.</summary>
    /// <param name="byUse">As in <see cref="Link"/>.</param>
    public void Renew(LinkedList<CachedAnswer> byUse)
    {
        Unlink(byUse);
        Link(byUse);
    }

    /// <summary>Whether its time is over.</summary>
    public bool IsExpired(long now) => now >= _until;

    /// <summary>Writes it as the response to a query: with the query's id, flags and question, the time that is left of the TTLs, and OPT
    /// when the client sent one.</summary>
    /// <param name="query">The client's query.</param>
    /// <param name="maxLength">The longest response that the client accepts, in bytes; a longer one is truncated.</param>
    /// <param name="udpSize">The payload size that our OPT record advertises.</param>
    /// <param name="now">The present time of the cache's clock, in milliseconds.</param>
    /// <param name="response">Takes the response, at least <paramref name="maxLength"/> bytes.</param>
    /// <returns>The size in bytes.</returns>
    public int Write(in DnsQuery query, int maxLength, int udpSize, long now, Span<byte> response)
    {
        const DnsFlags copied = DnsFlags.RecursionDesired | DnsFlags.CheckingDisabled;
        DnsHeader.TryRead(_message, out DnsHeader header);
        header = header with
        {
            Id = query.Header.Id,
            Flags = (header.Flags & ~(copied | DnsFlags.Authoritative)) | (query.Header.Flags & copied),
            AdditionalCount = (ushort)(header.AdditionalCount + (query.Edns is null ? 0 : 1)),
        };
        int length = _message.Length + (query.Edns is null ? 0 : Edns.MinimumSize);
        if (length > maxLength)
        {
            return ClientResponseWriter.WriteTruncated(header.Flags, query, udpSize, response);
        }

        _message.CopyTo(response);
        header.Write(response);
        QuestionSection.Write(query.Question, response);
        WriteTtls(response[.._message.Length], QuestionSection.End(query), now);
        if (query.Edns is { } asked)
        {
            new Edns((ushort)udpSize, DnssecOk: asked.DnssecOk).WriteBare(response[_message.Length..]);
        }

        return length;
    }

    private void WriteTtls(Span<byte> response, int first, long now)
    {
        uint age = (uint)((now - _since) / MillisecondsPerSecond);
        uint left = (uint)((_until - now + MillisecondsPerSecond - 1) / MillisecondsPerSecond);
        var walk = new RecordWalk(_message, first);
        while (walk.TryNext())
        {
            // A client caches a negative answer for the TTL of its SOA record (RFC 2308 5), which must not be longer than our own cache
            // keeps it.
            uint ttl = walk.Ttl - age;
            BinaryPrimitives.WriteUInt32BigEndian(response[walk.TtlOffset..], _isNegative ? Math.Min(ttl, left) : ttl);
        }
    }
}
