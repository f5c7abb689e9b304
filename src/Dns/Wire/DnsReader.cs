using System.Buffers.Binary;

namespace Net.Dns.Wire;

/// <summary>Reads a message from front to back. After the first failure, every later read fails with the same
/// <see cref="Error"/>.</summary>
/// <remarks>Source: RFC 1035 4.1. Never throws and never reads outside of the message, whatever its bytes are. Names and RDATA may be views
/// of the message's memory.</remarks>
internal ref struct DnsReader
{
    private const int QuestionFixedSize = 4;
    private const int RecordFixedSize = 10;

    private readonly ReadOnlyMemory<byte> _message;
    private int _at;

    /// <summary>Starts behind the header of <paramref name="message"/>.</summary>
    internal DnsReader(ReadOnlyMemory<byte> message)
    {
        _message = message;
        _at = DnsHeader.Size;
        Error = message.Length < DnsHeader.Size ? DnsFormatError.Truncated : DnsFormatError.None;
    }

    /// <summary>Why the first read failed; None while none has failed.</summary>
    internal DnsFormatError Error { get; private set; }

    /// <summary>Whether all bytes have been read without an error.</summary>
    internal readonly bool IsAtEnd => Error == DnsFormatError.None && _at == _message.Length;

    /// <summary>Reads an entry of the question section.</summary>
    internal bool TryReadQuestion(out DnsQuestion question)
    {
        question = default;
        if (!TryReadName(out DnsName name) || !TryTake(QuestionFixedSize, out ReadOnlySpan<byte> part))
        {
            return false;
        }

        question = new DnsQuestion(
            name,
            (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(part),
            (DnsRecordClass)BinaryPrimitives.ReadUInt16BigEndian(part[2..]));
        return true;
    }

    /// <summary>Reads a record without parsing its RDATA.</summary>
    internal bool TryReadFrame(out RecordFrame frame)
    {
        frame = default;
        return TryReadName(out DnsName name) && TryReadFrame(name, out frame);
    }

    /// <summary>Reads a record without parsing its RDATA, and without decoding its name: only whether that is the root is found out. The
    /// frame's name is always the root.</summary>
    internal bool TryReadFrame(out RecordFrame frame, out bool isRoot)
    {
        frame = default;
        int start = _at;
        if (Error == DnsFormatError.None)
        {
            Error = NameDecoder.Skip(_message.Span, start, out _at);
        }

        isRoot = Error == DnsFormatError.None && _message.Span[start] == 0;
        return Error == DnsFormatError.None && TryReadFrame(DnsName.Root, out frame);
    }

    /// <summary>Reads a record and parses its RDATA.</summary>
    internal bool TryReadRecord(out DnsRecord? record)
    {
        record = null;
        if (!TryReadFrame(out RecordFrame frame))
        {
            return false;
        }

        Error = RdataDecoder.Read(_message, frame, out DnsRecordData? data);
        if (Error != DnsFormatError.None)
        {
            return false;
        }

        record = new DnsRecord(frame.Name, frame.Type, frame.Class, frame.Ttl, data);
        return true;
    }

    private bool TryReadFrame(DnsName name, out RecordFrame frame)
    {
        frame = default;
        if (!TryTake(RecordFixedSize, out ReadOnlySpan<byte> part))
        {
            return false;
        }

        ushort dataLength = BinaryPrimitives.ReadUInt16BigEndian(part[8..]);
        int dataOffset = _at;
        if (!TryTake(dataLength, out _))
        {
            return false;
        }

        frame = new RecordFrame(
            name,
            (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(part),
            (DnsRecordClass)BinaryPrimitives.ReadUInt16BigEndian(part[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(part[4..]),
            dataOffset,
            dataLength);
        return true;
    }

    private bool TryReadName(out DnsName name)
    {
        name = default;
        if (Error == DnsFormatError.None)
        {
            Error = NameDecoder.Read(_message, _at, _message.Length, out name, out _at);
        }

        return Error == DnsFormatError.None;
    }

    private bool TryTake(int length, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (length > _message.Length - _at)
        {
            Error = DnsFormatError.Truncated;
            return false;
        }

        part = _message.Span.Slice(_at, length);
        _at += length;
        return true;
    }
}
