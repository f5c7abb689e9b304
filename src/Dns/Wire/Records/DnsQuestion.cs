namespace Net.Dns.Wire;

/// <summary>A question. Source: RFC 1035 4.1.2.</summary>
/// <param name="Name">QNAME, with its ASCII case as sent.</param>
/// <param name="Type">QTYPE.</param>
/// <param name="Class">QCLASS.</param>
public readonly record struct DnsQuestion(DnsName Name, DnsRecordType Type, DnsRecordClass Class = DnsRecordClass.Internet);
