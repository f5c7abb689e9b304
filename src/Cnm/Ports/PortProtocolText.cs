namespace Net.Cnm.Ports;

/// <summary>The word for a protocol in Docker's API, in iptables and in nft alike.</summary>
public static class PortProtocolText
{
    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    public static string ToWord(this PortProtocol protocol) => protocol switch
    {
        PortProtocol.Tcp => "tcp",
        PortProtocol.Udp => "udp",
        PortProtocol.Sctp => "sctp",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "no word for this protocol"),
    };
}
