using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Net.Dns.Wire;

/// <summary>Writes a message from front to back into a buffer whose size is the limit: an entry that does not fit is left out, and TC is
/// set.</summary>
/// <remarks>Source: RFC 1035 4.1, RFC 2181 9 (TC). Sections are written in their order; an entry is written as a whole or not at all.
/// Allocates nothing.</remarks>
public ref struct DnsMessageWriter
{
    private const int RecordFixedSize = 10;

    private readonly Span<byte> _buffer;
    private NameCompressor _compressor;
    private Span<byte> _usable;
    private int _at;
    private DnsSection _section;
    private bool _truncated;
    private ushort _questions;
    private ushort _answers;
    private ushort _authorities;
    private ushort _additionals;

    /// <summary>Starts a message.</summary>
    /// <param name="buffer">Takes the message; at least 12 bytes. The header is written by <see cref="Finish"/>.</param>
    public DnsMessageWriter(Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer.Length, DnsHeader.Size);
        _buffer = buffer;
        _usable = buffer;
        _at = DnsHeader.Size;
    }

    /// <summary>Reserves space for entries that must not be left out (OPT), until <see cref="Release"/>.</summary>
    /// <param name="size">The number of bytes to reserve.</param>
    public void Reserve(int size) => _usable = _buffer[..Math.Max(DnsHeader.Size, _buffer.Length - size)];

    /// <summary>Releases the space that <see cref="Reserve"/> reserved.</summary>
    public void Release() => _usable = _buffer;

    /// <summary>Adds a question.</summary>
    /// <returns>False when it does not fit.</returns>
    public bool TryAddQuestion(in DnsQuestion question)
    {
        Enter(DnsSection.Question);
        int start = _at;
        if (!_compressor.TryWrite(_usable, ref _at, question.Name.Wire) || _usable.Length - _at < 4)
        {
            return TakeBack(start);
        }

        BinaryPrimitives.WriteUInt16BigEndian(_usable[_at..], (ushort)question.Type);
        BinaryPrimitives.WriteUInt16BigEndian(_usable[(_at + 2)..], (ushort)question.Class);
        _at += 4;
        _questions++;
        return true;
    }

    /// <summary>Adds an A or AAAA record of class IN.</summary>
    /// <param name="to">Answer, Authority or Additional; not a section before one that was written already.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="ttl">The time to live in seconds.</param>
    /// <param name="address">The address; its family decides the type.</param>
    /// <returns>False when it does not fit.</returns>
    public bool TryAddAddress(DnsSection to, DnsName owner, uint ttl, IPAddress address)
    {
        DnsRecordType type = address.AddressFamily == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.Aaaa;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return TryAddRaw(to, owner, type, DnsRecordClass.Internet, ttl, bytes[..length]);
    }

    /// <summary>Adds a record whose RDATA is one name that may be compressed (PTR, CNAME, NS).</summary>
    /// <param name="to">Answer, Authority or Additional; not a section before one that was written already.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="type">The type.</param>
    /// <param name="class">The class.</param>
    /// <param name="ttl">The time to live in seconds.</param>
    /// <param name="target">The RDATA.</param>
    /// <returns>False when it does not fit.</returns>
    public bool TryAddName(DnsSection to, DnsName owner, DnsRecordType type, DnsRecordClass @class, uint ttl, DnsName target)
    {
        Enter(to);
        int start = _at;
        if (!TryBegin(owner, type, @class, ttl))
        {
            return TakeBack(start);
        }

        int dataStart = _at;
        if (!_compressor.TryWrite(_usable, ref _at, target.Wire))
        {
            return TakeBack(start);
        }

        return End(dataStart);
    }

    /// <summary>Adds a record with its RDATA as bytes (RFC 3597).</summary>
    /// <param name="to">Answer, Authority or Additional; not a section before one that was written already.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="type">The type.</param>
    /// <param name="class">The class.</param>
    /// <param name="ttl">The time to live in seconds.</param>
    /// <param name="data">The RDATA, at most 65535 bytes, without compressed names.</param>
    /// <returns>False when it does not fit.</returns>
    public bool TryAddRaw(DnsSection to, DnsName owner, DnsRecordType type, DnsRecordClass @class, uint ttl, scoped ReadOnlySpan<byte> data)
    {
        Enter(to);
        int start = _at;
        if (data.Length > ushort.MaxValue || !TryBegin(owner, type, @class, ttl) || _usable.Length - _at < data.Length)
        {
            return TakeBack(start);
        }

        int dataStart = _at;
        data.CopyTo(_usable[_at..]);
        _at += data.Length;
        return End(dataStart);
    }

    /// <summary>Adds a record.</summary>
    /// <param name="to">Answer, Authority or Additional; not a section before one that was written already.</param>
    /// <param name="record">The record.</param>
    /// <returns>False when it does not fit.</returns>
    public bool TryAddRecord(DnsSection to, DnsRecord record)
    {
        if (record.Data is NameData name)
        {
            return TryAddName(to, record.Name, record.Type, record.Class, record.Ttl, name.Name);
        }

        Span<byte> bytes = stackalloc byte[16];
        if (record.Data is AddressData address && address.Address.TryWriteBytes(bytes, out int length))
        {
            return TryAddRaw(to, record.Name, record.Type, record.Class, record.Ttl, bytes[..length]);
        }

        return TryAddRaw(to, record.Name, record.Type, record.Class, record.Ttl, ((RawData)record.Data).Bytes.Span);
    }

    /// <summary>Adds the OPT record, to the additional section.</summary>
    /// <returns>False when it does not fit.</returns>
    public bool TryAddEdns(in Edns edns) => TryAddRaw(
        DnsSection.Additional, DnsName.Root, DnsRecordType.Opt, (DnsRecordClass)edns.UdpPayloadSize, edns.Ttl, edns.Options.Span);

    /// <summary>Writes the header and ends the message.</summary>
    /// <param name="id">The message's id.</param>
    /// <param name="flags">All flags; TC is added when something was left out.</param>
    /// <returns>The size of the message in bytes.</returns>
    public readonly int Finish(ushort id, DnsFlags flags)
    {
        var header = new DnsHeader(
            id, _truncated ? flags | DnsFlags.Truncated : flags, _questions, _answers, _authorities, _additionals);
        header.Write(_buffer);
        return _at;
    }

    private void Enter(DnsSection to)
    {
        if (to < _section)
        {
            throw new InvalidOperationException(
                $"The {to} section is over: {_section} has begun, and sections are written in their order.");
        }

        _section = to;
    }

    private bool TryBegin(DnsName owner, DnsRecordType type, DnsRecordClass @class, uint ttl)
    {
        if (!_compressor.TryWrite(_usable, ref _at, owner.Wire) || _usable.Length - _at < RecordFixedSize)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_usable[_at..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(_usable[(_at + 2)..], (ushort)@class);
        BinaryPrimitives.WriteUInt32BigEndian(_usable[(_at + 4)..], ttl);
        _at += RecordFixedSize;
        return true;
    }

    private bool End(int dataStart)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_usable[(dataStart - 2)..], (ushort)(_at - dataStart));
        switch (_section)
        {
            case DnsSection.Answer:
                _answers++;
                break;
            case DnsSection.Authority:
                _authorities++;
                break;
            default:
                _additionals++;
                break;
        }

        return true;
    }

    private bool TakeBack(int start)
    {
        _compressor.ForgetFrom(start);
        _at = start;
        _truncated = true;
        return false;
    }
}
