namespace Net.Dns.Wire;

/// <summary>The RDATA of a record that is one name and may be compressed: PTR, CNAME, NS (RFC 1035 3.3).</summary>
/// <param name="Name">The name that the record leads to.</param>
public sealed record NameData(DnsName Name) : DnsRecordData;
