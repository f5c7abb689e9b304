namespace Net.Dns.Wire;

/// <summary>Where the names are in the RDATA of types whose names may be compressed (RFC 1035 3.3, RFC 3597 4).</summary>
/// <param name="Before">The number of bytes before the names.</param>
/// <param name="Names">The number of consecutive names; 0 for a type whose RDATA is opaque bytes.</param>
/// <param name="After">The number of bytes after the names.</param>
internal readonly record struct RdataLayout(int Before, int Names, int After)
{
    /// <summary>The layout of a type.</summary>
    internal static RdataLayout Of(DnsRecordType type) => type switch
    {
        DnsRecordType.NameServer or DnsRecordType.CanonicalName or DnsRecordType.Pointer or DnsRecordType.MailDestination
            or DnsRecordType.MailForwarder or DnsRecordType.Mailbox or DnsRecordType.MailGroup or DnsRecordType.MailRename => new(0, 1, 0),
        DnsRecordType.StartOfAuthority => new(0, 2, 20),
        DnsRecordType.MailboxInfo or DnsRecordType.ResponsiblePerson => new(0, 2, 0),
        DnsRecordType.MailExchange or DnsRecordType.AfsDatabase or DnsRecordType.RouteThrough => new(2, 1, 0),
        DnsRecordType.X400Mapping => new(2, 2, 0),
        DnsRecordType.Service => new(6, 1, 0),
        _ => default,
    };
}
