namespace Net.Linux;

/// <summary>How a message is received.</summary>
/// <remarks>Source: recv(2), include/linux/socket.h.</remarks>
[Flags]
public enum ReceiveFlags
{
    /// <summary>Wait, take the message, cut silently.</summary>
    None = 0,

    /// <summary>MSG_PEEK: leave the message in the queue.</summary>
    Peek = 0x2,

    /// <summary>MSG_TRUNC: report the full length also when the buffer is shorter.</summary>
    FullLength = 0x20,

    /// <summary>MSG_DONTWAIT: an empty queue is TryAgain.</summary>
    DoNotWait = 0x40,
}
