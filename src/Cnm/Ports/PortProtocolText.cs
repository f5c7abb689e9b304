namespace Net.Cnm.Ports;

/// <summary>The word for a protocol in Docker's API, in iptables and in nft alike.</summary>
public static class PortProtocolText
{
    /// <summary><c>tcp</c> or <c>udp</c>.</summary>
    public static string ToWord(this PortProtocol protocol) => protocol switch
    {
        PortProtocol.Tcp => "tcp",
        PortProtocol.Udp => "udp",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "no word for this protocol"),
    };
}
