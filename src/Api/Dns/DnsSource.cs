namespace Net.Api.Dns;

/// <summary>The words for where the answer to a question comes from.</summary>
public static class DnsSource
{
    /// <summary>From the names of the container's networks.</summary>
    public const string Names = "names";

    /// <summary>From the cache: what a server said not long ago.</summary>
    public const string Cache = "cache";

    /// <summary>From an upstream server.</summary>
    public const string Server = "server";

    /// <summary>SERVFAIL: no upstream server answered in time, or there is none.</summary>
    public const string Nobody = "nobody";

    /// <summary>NXDOMAIN: not a name of ours, and the container has internal networks only.</summary>
    public const string Internal = "internal";

    /// <summary>SERVFAIL: too many of the container's questions are under way.</summary>
    public const string Limit = "limit";

    /// <summary>FORMERR, NOTIMP, REFUSED or BADVERS: not a question that is served.</summary>
    public const string Rejected = "rejected";

    /// <summary>No answer is due: not a question at all.</summary>
    public const string Dropped = "dropped";

    /// <summary>SERVFAIL: a fault of the daemon, of which its log tells.</summary>
    public const string Fault = "fault";
}
