namespace Net.Dns.Wire;

/// <summary>The type of a record or of a question. Source: RFC 1035 3.2.2 and the IANA registry "Resource Record (RR) TYPEs".</summary>
/// <remarks>Only types that the code mentions are listed; every other value is passed on unchanged (RFC 3597).</remarks>
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

    /// <summary>CNAME: the canonical name of an alias, RFC 1035 3.3.1.</summary>
    CanonicalName = 5,

    /// <summary>SOA: start of a zone, RFC 1035 3.3.13.</summary>
    StartOfAuthority = 6,

    /// <summary>MB, experimental, RFC 1035 3.3.3.</summary>
    Mailbox = 7,

    /// <summary>MG, experimental, RFC 1035 3.3.6.</summary>
    MailGroup = 8,

    /// <summary>MR, experimental, RFC 1035 3.3.8.</summary>
    MailRename = 9,

    /// <summary>PTR: a pointer to a name, usually that of an address, RFC 1035 3.3.12.</summary>
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

    /// <summary>SRV: the host and port of a service, RFC 2782.</summary>
    Service = 33,

    /// <summary>OPT: carries EDNS and is never data, RFC 6891 6.1.</summary>
    Opt = 41,

    /// <summary>IXFR: an incremental zone transfer, RFC 1995.</summary>
    IncrementalTransfer = 251,

    /// <summary>AXFR: a zone transfer, RFC 5936.</summary>
    ZoneTransfer = 252,

    /// <summary>ANY: all types, or a subset that the server chooses, RFC 8482.</summary>
    Any = 255,
}
