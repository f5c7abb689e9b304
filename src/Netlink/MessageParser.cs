using System.Runtime.InteropServices;

namespace Net.Netlink;

/// <summary>Splits a datagram into netlink messages.</summary>
internal static class MessageParser
{
    /// <summary>Hands each message to <paramref name="sink"/>.</summary>
    /// <exception cref="NetlinkFormatException">A header is truncated, or its length is under 16 or beyond the end.</exception>
    internal static void Parse(ReadOnlySpan<byte> datagram, IMessageSink sink)
    {
        int offset = 0;
        while (offset < datagram.Length)
        {
            ReadOnlySpan<byte> rest = datagram[offset..];
            if (rest.Length < MessageBuffer.HeaderLength)
            {
                throw new NetlinkFormatException("struct nlmsghdr", offset, MessageBuffer.HeaderLength, rest.Length);
            }

            uint length = MemoryMarshal.Read<uint>(rest);
            if (length < MessageBuffer.HeaderLength || length > (uint)rest.Length)
            {
                throw new NetlinkFormatException(
                    "message", offset, (int)Math.Clamp(length, MessageBuffer.HeaderLength, int.MaxValue), rest.Length);
            }

            var header = new MessageHeader(
                MemoryMarshal.Read<ushort>(rest[4..]),
                (MessageFlags)MemoryMarshal.Read<ushort>(rest[6..]),
                MemoryMarshal.Read<uint>(rest[8..]),
                MemoryMarshal.Read<uint>(rest[12..]));
            sink.Accept(header, rest[MessageBuffer.HeaderLength..(int)length]);
            offset += (int)((length + 3) & ~3u);
        }
    }
}
