using System.Buffers.Binary;

namespace Net.Dns.Wire;

/// <summary>The fixed 12 bytes that every DNS message starts with.</summary>
/// <remarks>
/// Source: RFC 1035 4.1.1; AD and CD from RFC 4035. All fields are in network byte order.
/// <code>
///                                 1  1  1  1  1  1
///   0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                      ID                       |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                    QDCOUNT                    |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                    ANCOUNT                    |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                    NSCOUNT                    |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                    ARCOUNT                    |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// </code>
/// </remarks>
/// <param name="Id">The id, chosen by the client and copied into the response.</param>
/// <param name="Flags">The second 16 bits: the flags, the opcode and the response code.</param>
/// <param name="QuestionCount">QDCOUNT: entries of the question section.</param>
/// <param name="AnswerCount">ANCOUNT: records of the answer section.</param>
/// <param name="AuthorityCount">NSCOUNT: records of the authority section.</param>
/// <param name="AdditionalCount">ARCOUNT: records of the additional section.</param>
public readonly record struct DnsHeader(
    ushort Id, DnsFlags Flags, ushort QuestionCount = 0, ushort AnswerCount = 0, ushort AuthorityCount = 0, ushort AdditionalCount = 0)
{
    /// <summary>The size of a header on the wire, in bytes.</summary>
    public const int Size = 12;

    /// <summary>Whether the message is a response (QR).</summary>
    public bool IsResponse => (Flags & DnsFlags.Response) != 0;

    /// <summary>Whether the message was truncated (TC).</summary>
    public bool IsTruncated => (Flags & DnsFlags.Truncated) != 0;

    /// <summary>The kind of query; values without a name are possible.</summary>
    public DnsOpcode Opcode => (DnsOpcode)((ushort)(Flags & DnsFlags.OpcodeMask) >> 11);

    /// <summary>The low 4 bits of the response code; an OPT record may carry more.</summary>
    public DnsResponseCode ResponseCode => (DnsResponseCode)(ushort)(Flags & DnsFlags.ResponseCodeMask);

    /// <summary>Reads a header from the start of a message.</summary>
    /// <param name="message">A message, or the first bytes of one.</param>
    /// <param name="header">The header, when there are at least 12 bytes.</param>
    /// <returns>False when there are fewer than 12 bytes.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out DnsHeader header)
    {
        if (message.Length < Size)
        {
            header = default;
            return false;
        }

        header = new DnsHeader(
            BinaryPrimitives.ReadUInt16BigEndian(message),
            (DnsFlags)BinaryPrimitives.ReadUInt16BigEndian(message[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[6..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[8..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[10..]));
        return true;
    }

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least 12 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> is shorter than 12 bytes.</exception>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, Id);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)Flags);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], QuestionCount);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], AnswerCount);
        BinaryPrimitives.WriteUInt16BigEndian(destination[8..], AuthorityCount);
        BinaryPrimitives.WriteUInt16BigEndian(destination[10..], AdditionalCount);
    }
}
