using System.Net;

namespace Net.Dns.Wire;

/// <summary>The RDATA of A (4 bytes, RFC 1035 3.4.1) and AAAA (16 bytes, RFC 3596 2.2) of class IN.</summary>
/// <param name="Address">IPv4 in an A record, IPv6 in an AAAA record, without a scope.</param>
public sealed record AddressData(IPAddress Address) : DnsRecordData;
