namespace Net.Linux.Sockets;

/// <summary>A transport protocol that has ports, by its IANA number.</summary>
/// <remarks>Source: include/uapi/linux/in.h, IPPROTO_*.</remarks>
public enum Transport
{
    /// <summary>TCP, RFC 9293.</summary>
    Tcp = 6,

    /// <summary>UDP, RFC 768.</summary>
    Udp = 17,

    /// <summary>SCTP, RFC 9260, in the one-to-one style of RFC 6458.</summary>
    Sctp = 132,
}
