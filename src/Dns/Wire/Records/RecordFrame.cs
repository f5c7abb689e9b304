namespace Net.Dns.Wire;

/// <summary>A record whose RDATA has not been parsed: its fixed fields, and the place of its RDATA.</summary>
internal readonly record struct RecordFrame(
    DnsName Name, DnsRecordType Type, DnsRecordClass Class, uint Ttl, int DataOffset, int DataLength);
