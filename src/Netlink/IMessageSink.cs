namespace Net.Netlink;

/// <summary>Receives each message that <see cref="MessageParser"/> finds in a datagram.</summary>
internal interface IMessageSink
{
    /// <summary>Receives one message; <paramref name="payload"/> is valid only during the call.</summary>
    void Accept(MessageHeader header, ReadOnlySpan<byte> payload);
}
