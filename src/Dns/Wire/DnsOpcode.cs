namespace Net.Dns.Wire;

/// <summary>The kind of a query (OPCODE), 4 bits of the header. Source: RFC 1035 4.1.1 and the IANA registry "DNS OpCodes".</summary>
public enum DnsOpcode : byte
{
    /// <summary>QUERY: a standard query, the only kind that the resolver answers.</summary>
    Query = 0,

    /// <summary>IQUERY, obsoleted by RFC 3425.</summary>
    InverseQuery = 1,

    /// <summary>STATUS, RFC 1035.</summary>
    Status = 2,

    /// <summary>NOTIFY, RFC 1996.</summary>
    Notify = 4,

    /// <summary>UPDATE, RFC 2136.</summary>
    Update = 5,
}
