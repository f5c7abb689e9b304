using System.Buffers.Binary;

namespace Net.Dns.Wire;

/// <summary>Enumerates the records of a message with one question, without decoding their names or RDATA. Allocates nothing.</summary>
/// <remarks>Never reads outside of the message, whatever its bytes are. Source: RFC 1035 4.1.3.</remarks>
internal ref struct RecordWalk
{
    private const int FixedSize = 10;
    private const int PointerBits = 0xc0;
    private const int PointerSize = 2;

    private readonly ReadOnlySpan<byte> _message;
    private readonly int _answers;
    private readonly int _authorities;
    private readonly int _all;
    private int _next;
    private int _taken;

    /// <summary>Starts before the first record.</summary>
    /// <param name="message">At least a header.</param>
    /// <param name="first">The offset at which the question section ends.</param>
    internal RecordWalk(ReadOnlySpan<byte> message, int first)
    {
        DnsHeader.TryRead(message, out DnsHeader header);
        _message = message;
        _next = first;
        _answers = header.AnswerCount;
        _authorities = _answers + header.AuthorityCount;
        _all = _authorities + header.AdditionalCount;
    }

    /// <summary>Whether all records that the header counts have been read, and nothing follows them.</summary>
    internal readonly bool IsWhole => _taken == _all && _next == _message.Length;

    /// <summary>The offset of the record.</summary>
    internal int Start { get; private set; }

    /// <summary>The offset of its RDATA, which follows the fixed fields.</summary>
    internal int Data { get; private set; }

    /// <summary>The size of its RDATA in bytes.</summary>
    internal readonly int DataLength => _next - Data;

    /// <summary>Its section.</summary>
    internal readonly DnsSection Section =>
        _taken <= _answers ? DnsSection.Answer : _taken <= _authorities ? DnsSection.Authority : DnsSection.Additional;

    /// <summary>Its type.</summary>
    internal readonly DnsRecordType Type => (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(_message[(Data - FixedSize)..]);

    /// <summary>The offset of its TTL field.</summary>
    internal readonly int TtlOffset => Data - 6;

    /// <summary>The value of its TTL field, in seconds; in an OPT record it holds flags.</summary>
    internal readonly uint Ttl => BinaryPrimitives.ReadUInt32BigEndian(_message[TtlOffset..]);

    /// <summary>Moves to the next record.</summary>
    /// <returns>False when there is none, or it is malformed.</returns>
    internal bool TryNext()
    {
        int data = _taken < _all ? EndOfName(_next) + FixedSize : int.MaxValue;
        if (data > _message.Length)
        {
            return false;
        }

        int end = data + BinaryPrimitives.ReadUInt16BigEndian(_message[(data - sizeof(ushort))..]);
        if (end > _message.Length)
        {
            return false;
        }

        (Start, Data, _next) = (_next, data, end);
        _taken++;
        return true;
    }

    private readonly int EndOfName(int at)
    {
        while (at < _message.Length)
        {
            int length = _message[at];
            if (length == 0)
            {
                return at + 1;
            }

            if ((length & PointerBits) != 0)
            {
                return (length & PointerBits) == PointerBits ? at + PointerSize : _message.Length;
            }

            at += length + 1;
        }

        return at;
    }
}
