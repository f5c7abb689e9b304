namespace Net.Cnm.Ports;

/// <summary>The names of transport protocols, which are the same in Docker's API, in iptables and in nft.</summary>
public static class PortProtocolText
{
    /// <summary>Returns the name of a protocol: <c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration.</exception>
    public static string ToWord(this PortProtocol protocol) => protocol switch
    {
        PortProtocol.Tcp => "tcp",
        PortProtocol.Udp => "udp",
        PortProtocol.Sctp => "sctp",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "no word for this protocol"),
    };
}
