namespace Net.Dns.Resolver;

/// <summary>Settings of a <see cref="DnsServer"/>.</summary>
public sealed record DnsServerOptions
{
    /// <summary>The time to live of local names, in seconds. Default 5. With 0, clients ask for every look-up; a large value makes clients
    /// talk to addresses that are gone.</summary>
    public uint TtlSeconds { get; init; } = 5;

    /// <summary>The largest response for a local name over UDP, in bytes. Default 1232, allowed 512 to 4096.</summary>
    /// <remarks>A larger response is truncated (TC) so that the client retries over TCP: RFC 1035 4.2.1, RFC 6891 6.2. Responses of
    /// upstream servers are limited only by what the client accepts.</remarks>
    public int MaxUdpResponseSize { get; init; } = 1232;

    /// <summary>How long all upstream servers together have for one query. Default 4 s: less than the 5 s after which glibc gives
    /// up.</summary>
    public TimeSpan UpstreamTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How many upstream servers are tried for one query. Default 3, as many as glibc knows; allowed 1 to 16. With fewer than
    /// three servers, the same ones are tried again.</summary>
    public int MaxServersTried { get; init; } = 3;

    /// <summary>How long an upstream server that did not respond is tried after all others. Default 10 s; after that, one query tries it
    /// again in its place. With zero it is always tried in its place, and every query waits for it.</summary>
    public TimeSpan FailureMemory { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many UDP sockets are used for one upstream server, each with a random source port. Default 64: whoever forges responses
    /// has six more bits to guess. Fewer sockets make that easier, more take descriptors. Sockets that only wait for their last responses
    /// are not counted.</summary>
    public int UpstreamSockets { get; init; } = 64;

    /// <summary>How many queries are sent from one UDP socket before a new one replaces it. Default 64. 1 gives every query a new port, and
    /// about doubles the cost of a query.</summary>
    public int UpstreamSocketUses { get; init; } = 64;

    /// <summary>How many TCP connections to one upstream server there are at a time. Default 64. When all are in use, further queries that
    /// came by TCP wait, and a response that was truncated over UDP goes to the client as it is.</summary>
    public int UpstreamConnections { get; init; } = 64;

    /// <summary>How many answers of upstream servers are cached. Default 10000; 0 caches none.</summary>
    public int CacheEntries { get; init; } = 10_000;

    /// <summary>How much memory the cached answers may take, in bytes, approximately. Default 16 MiB.</summary>
    public long CacheBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many queries of one client may wait for upstream servers. Default 1024; one more gets SERVFAIL at once.</summary>
    public int MaxInFlight { get; init; } = 1024;

    /// <summary>How long a TCP connection may be idle: no whole message comes, and no response is due. Default 3 s (RFC 7766
    /// 6.2.3).</summary>
    public TimeSpan TcpIdleTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many TCP connections one client may have. Default 100; one more is closed as soon as it is accepted.</summary>
    public int MaxTcpConnections { get; init; } = 100;

    /// <summary>How many threads serve, each its own clients. Default one for every four processors, at least one and at most four: one
    /// thread answers some hundred thousand queries a second.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount / 4, 1, 4);
}
