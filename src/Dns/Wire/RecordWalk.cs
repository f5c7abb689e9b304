using System.Buffers.Binary;

namespace Net.Dns.Wire;

/// <summary>Goes over the records of a message with one question, names aside: what can be done without garbage and without knowing any type.</summary>
/// <remarks>Never reads outside the message, whatever its bytes are. Source: RFC 1035 4.1.3.</remarks>
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
    /// <param name="first">Where the question section ends.</param>
    internal RecordWalk(ReadOnlySpan<byte> message, int first)
    {
        DnsHeader.TryRead(message, out DnsHeader header);
        _message = message;
        _next = first;
        _answers = header.AnswerCount;
        _authorities = _answers + header.AuthorityCount;
        _all = _authorities + header.AdditionalCount;
    }

    /// <summary>Whether all records that the header counts have been gone over, and nothing stands behind them.</summary>
    internal readonly bool IsWhole => _taken == _all && _next == _message.Length;

    /// <summary>Where the record starts.</summary>
    internal int Start { get; private set; }

    /// <summary>Where its RDATA starts; the fixed part stands before.</summary>
    internal int Data { get; private set; }

    /// <summary>The RDATA's size in bytes.</summary>
    internal readonly int DataLength => _next - Data;

    /// <summary>Its section.</summary>
    internal readonly DnsSection Section =>
        _taken <= _answers ? DnsSection.Answer : _taken <= _authorities ? DnsSection.Authority : DnsSection.Additional;

    /// <summary>Its type.</summary>
    internal readonly DnsRecordType Type => (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(_message[(Data - FixedSize)..]);

    /// <summary>Where its TTL stands.</summary>
    internal readonly int TtlOffset => Data - 6;

    /// <summary>Its TTL in seconds, as it stands there; for OPT: flags.</summary>
    internal readonly uint Ttl => BinaryPrimitives.ReadUInt32BigEndian(_message[TtlOffset..]);

    /// <summary>Goes to the next record.</summary>
    /// <returns>False: there is none, or what there is breaks the format.</returns>
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
