namespace Net.Dns.Resolver;

/// <summary>What was done with a message.</summary>
public enum ResponderOutcome
{
    /// <summary>No response is due: the message is itself a response, or too short to have an id.</summary>
    Dropped,

    /// <summary>Answered with FORMERR, NOTIMP, REFUSED or BADVERS: the message is malformed, or of a kind that is not served.</summary>
    Rejected,

    /// <summary>Answered from the client's name source, or as a special-use name: <c>localhost</c>, <c>invalid</c>.</summary>
    OwnName,

    /// <summary>Answered with NXDOMAIN: the name is not local, and the client's policy forbids to forward the query.</summary>
    Forbidden,

    /// <summary>Forwarded to the upstream servers.</summary>
    Forward,

    /// <summary>Answered from the cache. <see cref="Responder"/> never returns it.</summary>
    Cached,

    /// <summary>Answered with SERVFAIL: too many of the client's queries are in flight. <see cref="Responder"/> never returns it.</summary>
    OverLimit,

    /// <summary>Answered with SERVFAIL: the name source threw, a fault of the program. <see cref="Responder"/> never returns it.</summary>
    Failed,
}
