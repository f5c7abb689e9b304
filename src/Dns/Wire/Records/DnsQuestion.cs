namespace Net.Dns.Wire;

/// <summary>What a query asks. Source: RFC 1035 4.1.2.</summary>
/// <param name="Name">QNAME, in the case in which it was asked.</param>
/// <param name="Type">QTYPE.</param>
/// <param name="Class">QCLASS.</param>
public readonly record struct DnsQuestion(DnsName Name, DnsRecordType Type, DnsRecordClass Class = DnsRecordClass.Internet);
