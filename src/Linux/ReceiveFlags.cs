namespace Net.Linux;

/// <summary>The flags for receiving a message from a socket.</summary>
/// <remarks>Source: recv(2), include/linux/socket.h.</remarks>
[Flags]
public enum ReceiveFlags
{
    /// <summary>Wait for a message if the socket blocks, remove it from the queue, and truncate it silently to the buffer.</summary>
    None = 0,

    /// <summary>MSG_TRUNC: report the full length also when the buffer is shorter.</summary>
    FullLength = 0x20,

    /// <summary>MSG_DONTWAIT: return TryAgain instead of waiting when the queue is empty.</summary>
    DoNotWait = 0x40,
}
