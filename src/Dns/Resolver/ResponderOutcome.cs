namespace Net.Dns.Resolver;

/// <summary>What became of a message.</summary>
public enum ResponderOutcome
{
    /// <summary>No answer is due: it is a response itself, or too short to have an id.</summary>
    Dropped,

    /// <summary>Answered: the message breaks the format, or is of a kind that is not served (FORMERR, NOTIMP, REFUSED, BADVERS).</summary>
    Rejected,

    /// <summary>Answered from the client's name source, or a name whose meaning is fixed: <c>localhost</c>, <c>invalid</c>.</summary>
    OwnName,

    /// <summary>Answered with NXDOMAIN: the name is not ours and the client may not ask others.</summary>
    Forbidden,

    /// <summary>Not answered: the question is for the upstream servers.</summary>
    Forward,

    /// <summary>Answered with what an upstream server said not long ago. Not the responder's own word.</summary>
    Cached,

    /// <summary>Answered with SERVFAIL: too many of the client's questions are in flight. Not the responder's own word.</summary>
    OverLimit,

    /// <summary>Answered with SERVFAIL: the name source threw, a fault of the program. Not the responder's own word.</summary>
    Failed,
}
