namespace Net.Dns.Resolver;

/// <summary>How a message came.</summary>
public enum DnsTransport
{
    /// <summary>One message a datagram; small ones only.</summary>
    Udp,

    /// <summary>Messages of up to 65535 bytes, each with its length before it (RFC 1035 4.2.2).</summary>
    Tcp,
}
