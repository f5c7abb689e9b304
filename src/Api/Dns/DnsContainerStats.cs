namespace Net.Api.Dns;

/// <summary>What the resolver has done for one container. Every number only grows; a container that is started again begins at zero.</summary>
public sealed record DnsContainerStats
{
    /// <summary>The container's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Messages that came, good and bad.</summary>
    public long Queries { get; init; }

    /// <summary>Answered from the names of its networks.</summary>
    public long OwnNames { get; init; }

    /// <summary>Answered from the cache.</summary>
    public long Cached { get; init; }

    /// <summary>Sent on to upstream servers.</summary>
    public long Forwarded { get; init; }

    /// <summary>Of those, the ones that waited for the answer to the same question, which was on its way already.</summary>
    public long Joined { get; init; }

    /// <summary>Answers that came cut and were asked for again over TCP.</summary>
    public long TcpRetries { get; init; }

    /// <summary>Sent on, and answered by no server: SERVFAIL.</summary>
    public long Failed { get; init; }

    /// <summary>Not sent on, because it has internal networks only: NXDOMAIN.</summary>
    public long Internal { get; init; }

    /// <summary>Not sent on, because too many were under way: SERVFAIL.</summary>
    public long OverLimit { get; init; }

    /// <summary>No question that is served: FORMERR, NOTIMP, REFUSED, BADVERS.</summary>
    public long Rejected { get; init; }

    /// <summary>Not answered, because no answer was due.</summary>
    public long Dropped { get; init; }

    /// <summary>Messages from upstream that were not the awaited answer.</summary>
    public long Mismatches { get; init; }

    /// <summary>TCP connections taken.</summary>
    public long TcpConnections { get; init; }

    /// <summary>TCP connections closed at once, because it had too many.</summary>
    public long TcpRefused { get; init; }

    /// <summary>Errors of its sockets, such as answers that could not be sent.</summary>
    public long SocketErrors { get; init; }

    /// <summary>Answered with SERVFAIL by a fault of the daemon.</summary>
    public long Faults { get; init; }
}
