namespace Net.Netlink;

/// <summary>Reads the payload of a message, the bytes after struct nlmsghdr.</summary>
/// <exception cref="NetlinkFormatException">The bytes are no such message.</exception>
public delegate T PayloadDecoder<out T>(ReadOnlySpan<byte> payload);
