namespace Net.Dns.Resolver;

/// <summary>What the server has done for a client so far. All counters only grow.</summary>
public sealed record DnsStatistics
{
    /// <summary>Messages received over UDP and TCP, well-formed or not.</summary>
    public long Queries { get; init; }

    /// <summary>Messages without a response because none was due: responses, and messages that are too short to have an id.</summary>
    public long Dropped { get; init; }

    /// <summary>Messages answered with FORMERR, NOTIMP, REFUSED or BADVERS.</summary>
    public long Rejected { get; init; }

    /// <summary>Queries answered from the local names that the client sees.</summary>
    public long OwnNames { get; init; }

    /// <summary>Queries answered with NXDOMAIN because the client's policy forbids to forward them.</summary>
    public long Forbidden { get; init; }

    /// <summary>Queries answered from the cache.</summary>
    public long Cached { get; init; }

    /// <summary>Queries forwarded to upstream servers.</summary>
    public long Forwarded { get; init; }

    /// <summary>Forwarded queries that shared the response to an equal query, which was in flight already.</summary>
    public long Joined { get; init; }

    /// <summary>Queries that were retried over TCP because the response over UDP was truncated.</summary>
    public long TcpRetries { get; init; }

    /// <summary>Forwarded queries answered with SERVFAIL because no upstream server responded in time.</summary>
    public long UpstreamFailures { get; init; }

    /// <summary>Messages from upstream servers that were not the expected response: wrong id, wrong question, or no response at
    /// all.</summary>
    public long UpstreamMismatches { get; init; }

    /// <summary>Queries answered with SERVFAIL because too many of the client's were in flight.</summary>
    public long OverLimit { get; init; }

    /// <summary>TCP connections accepted.</summary>
    public long TcpConnections { get; init; }

    /// <summary>TCP connections closed at once because the client had too many.</summary>
    public long TcpRefused { get; init; }

    /// <summary>Errors of the client's sockets, such as responses that could not be sent.</summary>
    public long SocketErrors { get; init; }

    /// <summary>Queries answered with SERVFAIL because the name source threw: a fault of the program, not of the client.</summary>
    public long NameSourceErrors { get; init; }
}
