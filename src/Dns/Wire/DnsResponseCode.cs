namespace Net.Dns.Wire;

/// <summary>How a query ended (RCODE). Source: RFC 1035 4.1.1, RFC 6891 9 and the IANA registry "DNS RCODEs".</summary>
/// <remarks>The header carries the low 4 bits; values above 15 need an OPT record for the other 8 (RFC 6891 6.1.3).</remarks>
public enum DnsResponseCode : ushort
{
    /// <summary>NOERROR: no error; there may still be no record of the asked type.</summary>
    NoError = 0,

    /// <summary>FORMERR: the query is malformed.</summary>
    FormatError = 1,

    /// <summary>SERVFAIL: the server could not get an answer.</summary>
    ServerFailure = 2,

    /// <summary>NXDOMAIN: the name does not exist.</summary>
    NameError = 3,

    /// <summary>NOTIMP: the server does not support this kind of query.</summary>
    NotImplemented = 4,

    /// <summary>REFUSED: the server refuses to answer for reasons of policy.</summary>
    Refused = 5,

    /// <summary>BADVERS: the EDNS version of the query is not supported, RFC 6891 6.1.3.</summary>
    BadVersion = 16,
}
