namespace Net.Dns.Resolver.Caching;

/// <summary>The answers in an <see cref="AnswerCache"/> that one client had asked for first.</summary>
/// <param name="client">Whose numbers the questions were counted in.</param>
internal sealed class CacheShare(DnsCounters client)
{
    /// <summary>The client.</summary>
    public DnsCounters Client => client;

    /// <summary>The answers, the one that was not used for longest first, whoever used it.</summary>
    public LinkedList<CachedAnswer> Answers { get; } = [];

    /// <summary>The memory they take, in bytes, about.</summary>
    public long Bytes { get; set; }
}
