namespace Net.Api.Dns;

/// <summary>The values for the source of a DNS answer.</summary>
public static class DnsSource
{
    /// <summary>From the names of the container's networks.</summary>
    public const string Names = "names";

    /// <summary>From the cache of upstream servers' answers.</summary>
    public const string Cache = "cache";

    /// <summary>From an upstream server.</summary>
    public const string Server = "server";

    /// <summary>SERVFAIL: no upstream server answered in time, or none is configured.</summary>
    public const string Nobody = "nobody";

    /// <summary>NXDOMAIN: the container's networks do not have the name, and all of them are internal.</summary>
    public const string Internal = "internal";

    /// <summary>SERVFAIL: too many of the container's queries are under way.</summary>
    public const string Limit = "limit";

    /// <summary>FORMERR, NOTIMP, REFUSED or BADVERS: a kind of query that is not served.</summary>
    public const string Rejected = "rejected";

    /// <summary>No answer: the message is not a query.</summary>
    public const string Dropped = "dropped";

    /// <summary>SERVFAIL: an error in the daemon, which its log describes.</summary>
    public const string Fault = "fault";
}
