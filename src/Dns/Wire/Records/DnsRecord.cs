namespace Net.Dns.Wire;

/// <summary>A resource record. Source: RFC 1035 4.1.3.</summary>
/// <param name="Name">The owner.</param>
/// <param name="Type">The type of <paramref name="Data"/>; any value is possible (RFC 3597).</param>
/// <param name="Class">The class; of an OPT record the sender's UDP payload size.</param>
/// <param name="Ttl">The time to live in seconds; a value with the top bit set counts as 0 (RFC 2181 8). In an OPT record it holds
/// flags.</param>
/// <param name="Data">The RDATA.</param>
public sealed record DnsRecord(DnsName Name, DnsRecordType Type, DnsRecordClass Class, uint Ttl, DnsRecordData Data);
