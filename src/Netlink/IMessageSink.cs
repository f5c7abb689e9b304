namespace Net.Netlink;

/// <summary>Takes messages as they are parsed.</summary>
internal interface IMessageSink
{
    /// <summary>One message; <paramref name="payload"/> is valid only during the call.</summary>
    void Accept(MessageHeader header, ReadOnlySpan<byte> payload);
}
