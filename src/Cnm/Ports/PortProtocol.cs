namespace Net.Cnm.Ports;

/// <summary>The transport protocols whose ports can be published. The values are the IANA protocol numbers.</summary>
public enum PortProtocol : byte
{
    /// <summary>TCP, RFC 9293.</summary>
    Tcp = 6,

    /// <summary>UDP, RFC 768.</summary>
    Udp = 17,

    /// <summary>SCTP, RFC 9260.</summary>
    Sctp = 132,
}
