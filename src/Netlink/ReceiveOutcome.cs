namespace Net.Netlink;

/// <summary>The outcome of one attempt to receive.</summary>
internal enum ReceiveOutcome
{
    /// <summary>One datagram was received.</summary>
    Received,

    /// <summary>No datagram is waiting.</summary>
    Nothing,

    /// <summary>The receive buffer was full and messages are lost (ENOBUFS).</summary>
    Lost,
}
