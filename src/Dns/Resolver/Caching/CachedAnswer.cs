using System.Buffers.Binary;
using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>One answer in the <see cref="AnswerCache"/>.</summary>
internal sealed class CachedAnswer
{
    private const int OwnSize = 330; // bytes of this object, its places in the lists, its place in the table and the heads of its arrays, about
    private const int MillisecondsASecond = 1000;

    private readonly byte[] _message; // without OPT
    private readonly bool _isNegative;
    private readonly long _since;
    private readonly long _until;
    private readonly LinkedListNode<CachedAnswer> _inAll;
    private readonly LinkedListNode<CachedAnswer> _inShare;

    /// <summary>Makes one.</summary>
    /// <param name="key">Stays as it is.</param>
    /// <param name="message">The answer as a server gave it.</param>
    /// <param name="lifetime">What is known of it.</param>
    /// <param name="server">Who gave it.</param>
    /// <param name="share">Of whoever asked for it.</param>
    /// <param name="now">When it was given, in milliseconds.</param>
    public CachedAnswer(in CacheKey key, ReadOnlySpan<byte> message, in AnswerLifetime lifetime, UpstreamServer? server, CacheShare share, long now)
    {
        Key = key;
        Server = server;
        Share = share;
        _inAll = new LinkedListNode<CachedAnswer>(this);
        _inShare = new LinkedListNode<CachedAnswer>(this);
        _message = message[..lifetime.Length].ToArray();
        _isNegative = lifetime.IsNegative;
        _since = now;
        _until = now + (lifetime.Seconds * MillisecondsASecond);
        if (lifetime.Length < message.Length)
        {
            Span<byte> additionalCount = _message.AsSpan(DnsHeader.Size - sizeof(ushort));
            BinaryPrimitives.WriteUInt16BigEndian(additionalCount, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(additionalCount) - 1));
        }
    }

    /// <summary>What it answers.</summary>
    public CacheKey Key { get; }

    /// <summary>Who gave it.</summary>
    public UpstreamServer? Server { get; }

    /// <summary>The memory it takes, in bytes.</summary>
    public int Size => OwnSize + _message.Length + Key.Name.Wire.Length;

    /// <summary>Among whose it is counted.</summary>
    public CacheShare Share { get; }

    /// <summary>Begins to be kept.</summary>
    /// <param name="byUse">All answers, the one that was not used for longest first.</param>
    public void Link(LinkedList<CachedAnswer> byUse)
    {
        byUse.AddLast(_inAll);
        Share.Answers.AddLast(_inShare);
        Share.Bytes += Size;
    }

    /// <summary>Ends being kept.</summary>
    /// <param name="byUse">As in <see cref="Link"/>.</param>
    public void Unlink(LinkedList<CachedAnswer> byUse)
    {
        byUse.Remove(_inAll);
        Share.Answers.Remove(_inShare);
        Share.Bytes -= Size;
    }

    /// <summary>Was used just now.</summary>
    /// <param name="byUse">As in <see cref="Link"/>.</param>
    public void Renew(LinkedList<CachedAnswer> byUse)
    {
        Unlink(byUse);
        Link(byUse);
    }

    /// <summary>Whether it is good no more.</summary>
    public bool IsExpired(long now) => now >= _until;

    /// <summary>Writes it for a client: with its id, flags and question, what is left of the TTLs, and OPT when the client sent one.</summary>
    /// <param name="query">What the client asked.</param>
    /// <param name="most">The longest answer that the client takes, in bytes; a longer one is cut.</param>
    /// <param name="udpSize">What our OPT says that we take.</param>
    /// <param name="now">When, in milliseconds.</param>
    /// <param name="response">Room for what the client takes.</param>
    /// <returns>The size in bytes.</returns>
    public int Write(in DnsQuery query, int most, int udpSize, long now, Span<byte> response)
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
        if (length > most)
        {
            return AnswerFit.WriteCut(header.Flags, query, udpSize, response);
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
        uint age = (uint)((now - _since) / MillisecondsASecond);
        uint left = (uint)((_until - now + MillisecondsASecond - 1) / MillisecondsASecond);
        var walk = new RecordWalk(_message, first);
        while (walk.TryNext())
        {
            // The client keeps a negative answer as long as the SOA's TTL says (RFC 2308 5), and that is not longer than we do.
            uint ttl = walk.Ttl - age;
            BinaryPrimitives.WriteUInt32BigEndian(response[walk.TtlOffset..], _isNegative ? Math.Min(ttl, left) : ttl);
        }
    }
}
