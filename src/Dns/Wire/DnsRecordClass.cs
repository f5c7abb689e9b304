namespace Net.Dns.Wire;

/// <summary>The class of a record or question. Source: RFC 1035 3.2.4, RFC 2136.</summary>
public enum DnsRecordClass : ushort
{
    /// <summary>IN: the Internet.</summary>
    Internet = 1,

    /// <summary>CH: Chaosnet, used for names such as "version.bind".</summary>
    Chaos = 3,

    /// <summary>HS: Hesiod.</summary>
    Hesiod = 4,

    /// <summary>NONE, RFC 2136.</summary>
    None = 254,

    /// <summary>ANY, in questions.</summary>
    Any = 255,
}
