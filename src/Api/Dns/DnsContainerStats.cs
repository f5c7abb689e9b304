namespace Net.Api.Dns;

/// <summary>What the resolver has done for one container. The numbers never decrease, and start at zero when the container is
/// started.</summary>
public sealed record DnsContainerStats
{
    /// <summary>The container's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Messages received, valid or not.</summary>
    public long Queries { get; init; }

    /// <summary>Queries answered with names of its networks.</summary>
    public long OwnNames { get; init; }

    /// <summary>Queries answered from the cache.</summary>
    public long Cached { get; init; }

    /// <summary>Queries forwarded to upstream servers.</summary>
    public long Forwarded { get; init; }

    /// <summary>Forwarded queries that waited for the answer to an identical query under way.</summary>
    public long Joined { get; init; }

    /// <summary>Truncated answers that were requested again over TCP.</summary>
    public long TcpRetries { get; init; }

    /// <summary>Forwarded queries that no server answered: SERVFAIL.</summary>
    public long Failed { get; init; }

    /// <summary>Queries not forwarded because the container has internal networks only: NXDOMAIN.</summary>
    public long Internal { get; init; }

    /// <summary>Queries not forwarded because too many were under way: SERVFAIL.</summary>
    public long OverLimit { get; init; }

    /// <summary>Queries of a kind that is not served: FORMERR, NOTIMP, REFUSED, BADVERS.</summary>
    public long Rejected { get; init; }

    /// <summary>Messages that require no answer.</summary>
    public long Dropped { get; init; }

    /// <summary>Messages from upstream servers that were not the expected answer.</summary>
    public long Mismatches { get; init; }

    /// <summary>TCP connections accepted.</summary>
    public long TcpConnections { get; init; }

    /// <summary>TCP connections closed at once because the container had too many.</summary>
    public long TcpRefused { get; init; }

    /// <summary>Errors of its sockets, such as answers that could not be sent.</summary>
    public long SocketErrors { get; init; }

    /// <summary>Queries answered with SERVFAIL because of an error in the daemon.</summary>
    public long Faults { get; init; }
}
