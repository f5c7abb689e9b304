namespace Net.Dns.Wire;

/// <summary>The sections of a message, in their order (RFC 1035 4.1).</summary>
public enum DnsSection
{
    /// <summary>The questions.</summary>
    Question,

    /// <summary>Records that answer the question.</summary>
    Answer,

    /// <summary>Records about the authoritative servers, or the SOA record of a negative answer.</summary>
    Authority,

    /// <summary>Further records of use to the receiver, and OPT.</summary>
    Additional,
}
