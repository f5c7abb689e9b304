using System.Buffers.Binary;

namespace Net.Dns.Wire;

/// <summary>The contents of an OPT record (EDNS). Source: RFC 6891 6.1.</summary>
/// <remarks>
/// OPT has the format of a record: NAME is the root, CLASS the UDP payload size, and TTL is
/// <code>
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |    EXTENDED-RCODE     |        VERSION        |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |DO|                    Z                       |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// </code>
/// </remarks>
/// <param name="UdpPayloadSize">The largest UDP message that the sender accepts, in bytes; less than 512 counts as 512 (RFC 6891
/// 6.2.3).</param>
/// <param name="ExtendedResponseCode">The upper 8 bits of the response code.</param>
/// <param name="Version">The EDNS version; 0 is the only one that is defined.</param>
/// <param name="DnssecOk">DO: the sender accepts DNSSEC records (RFC 3225).</param>
/// <param name="Options">The options as bytes, not parsed.</param>
public readonly record struct Edns(
    ushort UdpPayloadSize, byte ExtendedResponseCode = 0, byte Version = 0, bool DnssecOk = false, ReadOnlyMemory<byte> Options = default)
{
    /// <summary>The size of an OPT record without options, in bytes.</summary>
    public const int MinimumSize = 11;

    /// <summary>The size that every receiver accepts over UDP, in bytes (RFC 1035 2.3.4).</summary>
    public const int MinimumUdpPayloadSize = 512;

    private const uint DnssecOkBit = 0x8000;

    /// <summary>The TTL field of the OPT record.</summary>
    internal uint Ttl => ((uint)ExtendedResponseCode << 24) | ((uint)Version << 16) | (DnssecOk ? DnssecOkBit : 0);

    /// <summary>Whether both have equal fields, with options compared as bytes.</summary>
    public bool Equals(Edns other) =>
        UdpPayloadSize == other.UdpPayloadSize && Ttl == other.Ttl && Options.Span.SequenceEqual(other.Options.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(UdpPayloadSize, Ttl, Options.Length);

    /// <summary>Writes an OPT record without options.</summary>
    /// <param name="destination">At least <see cref="MinimumSize"/> bytes.</param>
    internal void WriteBare(Span<byte> destination)
    {
        destination[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], (ushort)DnsRecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(destination[3..], UdpPayloadSize);
        BinaryPrimitives.WriteUInt32BigEndian(destination[5..], Ttl);
        BinaryPrimitives.WriteUInt16BigEndian(destination[9..], 0);
    }

    /// <summary>Reads an OPT record.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="frame">A record of type OPT.</param>
    internal static Edns FromFrame(ReadOnlyMemory<byte> message, in RecordFrame frame) => new(
        (ushort)frame.Class,
        (byte)(frame.Ttl >> 24),
        (byte)(frame.Ttl >> 16),
        (frame.Ttl & DnssecOkBit) != 0,
        message.Slice(frame.DataOffset, frame.DataLength));
}
