namespace Net.Netlink;

/// <summary>What a receive brought.</summary>
internal enum ReceiveOutcome
{
    /// <summary>One datagram.</summary>
    Received,

    /// <summary>Nothing is there.</summary>
    Nothing,

    /// <summary>The receive buffer was full and messages are lost (ENOBUFS).</summary>
    Lost,
}
