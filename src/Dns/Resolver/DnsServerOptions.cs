namespace Net.Dns.Resolver;

/// <summary>Settings of a <see cref="DnsServer"/>.</summary>
public sealed record DnsServerOptions
{
    /// <summary>How long our own names may be kept, in seconds. Default 5. 0 asks the server for every look-up; a large value makes clients
    /// talk to addresses that are gone.</summary>
    public uint TtlSeconds { get; init; } = 5;

    /// <summary>Largest response of our own over UDP, in bytes. Default 1232, allowed 512 to 4096.</summary>
    /// <remarks>A larger answer is cut and marked truncated (TC) so that the client retries over TCP: RFC 1035 4.2.1, RFC 6891 6.2. Answers of
    /// upstream servers pass unchanged, whatever their size.</remarks>
    public int MaxUdpResponseSize { get; init; } = 1232;

    /// <summary>How long all upstream servers together have for one question. Default 4 s: under the 5 s after which glibc gives up.</summary>
    public TimeSpan UpstreamTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How many upstream servers are tried for one question. Default 3, as many as glibc knows; allowed 1 to 16. With fewer than three it is their turn again.</summary>
    public int MaxServersTried { get; init; } = 3;

    /// <summary>How long an upstream server that was silent or not reachable is tried last. Default 10 s; then one question finds out. Zero: it is always tried in
    /// its place, and each question waits for it anew.</summary>
    public TimeSpan FailureMemory { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many UDP sockets one upstream server is asked from, each with a random port of its own. Default 64: six bits more to guess for who forges
    /// answers. Fewer make that easier, more take descriptors. Sockets that wait for their last answers are not counted.</summary>
    public int UpstreamSockets { get; init; } = 64;

    /// <summary>How many questions are asked from one UDP socket before another takes its place. Default 64. 1 gives every question a fresh port and costs
    /// about as much again as asking.</summary>
    public int UpstreamSocketUses { get; init; } = 64;

    /// <summary>How many TCP connections one upstream server is asked over at a time. Default 64. More questions that came by TCP wait for their turn; an answer
    /// that came cut over UDP goes to the client as it is then.</summary>
    public int UpstreamConnections { get; init; } = 64;

    /// <summary>How many answers of upstream servers are kept. Default 10000; 0 keeps none, and every question is asked anew.</summary>
    public int CacheEntries { get; init; } = 10_000;

    /// <summary>How much memory the answers that are kept may take, in bytes, about. Default 16 MiB.</summary>
    public long CacheBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many questions of one client may wait for upstream servers. Default 1024; one more gets SERVFAIL at once.</summary>
    public int MaxInFlight { get; init; } = 1024;

    /// <summary>How long a TCP connection may stay without a whole message and without an answer due. Default 3 s (RFC 7766 6.2.3).</summary>
    public TimeSpan TcpIdleTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many TCP connections one client may have. Default 100; one more is closed as soon as it is made.</summary>
    public int MaxTcpConnections { get; init; } = 100;

    /// <summary>How many threads serve, each its own clients. Default one for every four processors, at least one and at most four: one answers some
    /// hundred thousand questions a second.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount / 4, 1, 4);
}
