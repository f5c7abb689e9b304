namespace Net.Netlink;

/// <summary>Bytes that are not the netlink message they should be, or a value that a message cannot carry.</summary>
public sealed class NetlinkFormatException : FormatException
{
    /// <summary>Creates the error of one attribute or header.</summary>
    /// <param name="subject">What was read or written: "attribute 3" or "struct ifinfomsg".</param>
    /// <param name="offset">Where it starts, in bytes from the start of the span that was read.</param>
    /// <param name="expected">The length it must have in bytes.</param>
    /// <param name="actual">The length it has in bytes.</param>
    public NetlinkFormatException(string subject, int offset, int expected, int actual)
        : base($"netlink: {subject} at offset {offset} has {actual} bytes where {expected} are needed")
    {
        Subject = subject;
        Offset = offset;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>What was read or written.</summary>
    public string Subject { get; }

    /// <summary>Where it starts, in bytes from the start of the span that was read.</summary>
    public int Offset { get; }

    /// <summary>The length it must have in bytes.</summary>
    public int Expected { get; }

    /// <summary>The length it has in bytes.</summary>
    public int Actual { get; }
}
