namespace Net.Dns.Resolver;

/// <summary>What the server has done for a client so far. Every number only grows.</summary>
public sealed record DnsStatistics
{
    /// <summary>Messages that came, over UDP and TCP, good and bad.</summary>
    public long Queries { get; init; }

    /// <summary>Messages that got no answer because none was due: responses, and what is too short to have an id.</summary>
    public long Dropped { get; init; }

    /// <summary>Messages answered with FORMERR, NOTIMP, REFUSED or BADVERS.</summary>
    public long Rejected { get; init; }

    /// <summary>Questions answered from the client's own names.</summary>
    public long OwnNames { get; init; }

    /// <summary>Questions answered with NXDOMAIN because the client may not ask others.</summary>
    public long Forbidden { get; init; }

    /// <summary>Questions answered with what an upstream server said not long ago.</summary>
    public long Cached { get; init; }

    /// <summary>Questions sent on to upstream servers.</summary>
    public long Forwarded { get; init; }

    /// <summary>Forwarded questions that waited for the answer to the same question, which was on its way already.</summary>
    public long Joined { get; init; }

    /// <summary>Answers that came cut and were asked for again over TCP.</summary>
    public long TcpRetries { get; init; }

    /// <summary>Forwarded questions that no upstream server answered in time: answered with SERVFAIL.</summary>
    public long UpstreamFailures { get; init; }

    /// <summary>Messages from upstream that were not the awaited answer: wrong id, wrong question, not a response.</summary>
    public long UpstreamMismatches { get; init; }

    /// <summary>Questions answered with SERVFAIL because too many of the client's were in flight.</summary>
    public long OverLimit { get; init; }

    /// <summary>TCP connections taken.</summary>
    public long TcpConnections { get; init; }

    /// <summary>TCP connections closed at once because the client had too many.</summary>
    public long TcpRefused { get; init; }

    /// <summary>Errors of the client's sockets: answers that could not be sent, and the like.</summary>
    public long SocketErrors { get; init; }

    /// <summary>Questions answered with SERVFAIL because the name source threw: a fault of the program, not of the client.</summary>
    public long NameSourceErrors { get; init; }
}
