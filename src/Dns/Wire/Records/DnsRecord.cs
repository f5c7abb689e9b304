namespace Net.Dns.Wire;

/// <summary>A resource record. Source: RFC 1035 4.1.3.</summary>
/// <param name="Name">The owner.</param>
/// <param name="Type">What <paramref name="Data"/> is; any value (RFC 3597).</param>
/// <param name="Class">The class; of an OPT record the sender's UDP payload size.</param>
/// <param name="Ttl">Seconds that the record may be kept; the top bit counts as zero seconds (RFC 2181 8). Of an OPT record more flags.</param>
/// <param name="Data">The RDATA.</param>
public sealed record DnsRecord(DnsName Name, DnsRecordType Type, DnsRecordClass Class, uint Ttl, DnsRecordData Data);
