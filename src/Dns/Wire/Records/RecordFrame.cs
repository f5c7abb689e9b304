namespace Net.Dns.Wire;

/// <summary>A record of which the RDATA is not looked into: where it stands and what its fixed part says.</summary>
internal readonly record struct RecordFrame(
    DnsName Name, DnsRecordType Type, DnsRecordClass Class, uint Ttl, int DataOffset, int DataLength);
