namespace Net.Dns.Resolver;

/// <summary>The transport of a message.</summary>
public enum DnsTransport
{
    /// <summary>UDP: one message in each datagram, of limited size.</summary>
    Udp,

    /// <summary>TCP: messages of up to 65535 bytes, each with a length prefix (RFC 1035 4.2.2).</summary>
    Tcp,
}
