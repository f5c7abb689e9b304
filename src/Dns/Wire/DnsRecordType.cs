namespace Net.Dns.Wire;

/// <summary>The type of a record or of a question. Source: RFC 1035 3.2.2 and the IANA registry "Resource Record (RR) TYPEs".</summary>
/// <remarks>Only those that the code names are listed; every other value is carried as it is (RFC 3597).</remarks>
public enum DnsRecordType : ushort
{
    /// <summary>A: an IPv4 address, RFC 1035 3.4.1.</summary>
    A = 1,

    /// <summary>NS: a name server's name, RFC 1035 3.3.11.</summary>
    NameServer = 2,

    /// <summary>MD, obsolete, RFC 1035 3.3.4.</summary>
    MailDestination = 3,

    /// <summary>MF, obsolete, RFC 1035 3.3.5.</summary>
    MailForwarder = 4,

    /// <summary>CNAME: the true name, RFC 1035 3.3.1.</summary>
    CanonicalName = 5,

    /// <summary>SOA: start of a zone, RFC 1035 3.3.13.</summary>
    StartOfAuthority = 6,

    /// <summary>MB, experimental, RFC 1035 3.3.3.</summary>
    Mailbox = 7,

    /// <summary>MG, experimental, RFC 1035 3.3.6.</summary>
    MailGroup = 8,

    /// <summary>MR, experimental, RFC 1035 3.3.8.</summary>
    MailRename = 9,

    /// <summary>PTR: a name, mostly an address's, RFC 1035 3.3.12.</summary>
    Pointer = 12,

    /// <summary>MINFO, experimental, RFC 1035 3.3.7.</summary>
    MailboxInfo = 14,

    /// <summary>MX: a mail exchange, RFC 1035 3.3.9.</summary>
    MailExchange = 15,

    /// <summary>TXT: text, RFC 1035 3.3.14.</summary>
    Text = 16,

    /// <summary>RP: responsible person, RFC 1183.</summary>
    ResponsiblePerson = 17,

    /// <summary>AFSDB, RFC 1183.</summary>
    AfsDatabase = 18,

    /// <summary>RT: route through, RFC 1183.</summary>
    RouteThrough = 21,

    /// <summary>PX, RFC 2163.</summary>
    X400Mapping = 26,

    /// <summary>AAAA: an IPv6 address, RFC 3596.</summary>
    Aaaa = 28,

    /// <summary>SRV: where a service is, RFC 2782.</summary>
    Service = 33,

    /// <summary>OPT: the carrier of EDNS, RFC 6891 6.1. Never data.</summary>
    Opt = 41,

    /// <summary>IXFR: a question for the changes of a zone, RFC 1995.</summary>
    IncrementalTransfer = 251,

    /// <summary>AXFR: a question for a whole zone, RFC 5936.</summary>
    ZoneTransfer = 252,

    /// <summary>ANY: a question for what the server likes to give, RFC 8482.</summary>
    Any = 255,
}
