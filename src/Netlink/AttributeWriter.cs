using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Net.Netlink;

/// <summary>Writes fixed structs and attributes (struct nlattr: length, type, value, padded to 4 bytes) at the end of a buffer.</summary>
/// <remarks>Numbers are in host byte order unless the method says network order. Copies write to the same buffer. Source: netlink(7),
/// include/uapi/linux/netlink.h.</remarks>
public readonly ref struct AttributeWriter
{
    private readonly MessageBuffer _buffer;

    internal AttributeWriter(MessageBuffer buffer) => _buffer = buffer;

    /// <summary>The number of bytes written so far, which is the offset of the next one.</summary>
    public int Position => _buffer.Length;

    /// <summary>Appends zero bytes for a fixed struct, padded to 4. The caller fills them before the next write.</summary>
    public Span<byte> Struct(int length)
    {
        Span<byte> span = _buffer.Take((length + 3) & ~3);
        return span[..length];
    }

    /// <summary>Appends attributes that are encoded already, padded to 4 bytes.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Struct(bytes.Length));

    /// <summary>Writes an attribute of any bytes.</summary>
    /// <exception cref="NetlinkFormatException">The value is longer than 65,531 bytes.</exception>
    public void Write(ushort type, ReadOnlySpan<byte> value) => value.CopyTo(Value(type, value.Length));

    /// <summary>Writes an attribute without a value.</summary>
    public void Flag(ushort type) => Value(type, 0);

    /// <summary>Writes a u8.</summary>
    public void UInt8(ushort type, byte value) => Value(type, 1)[0] = value;

    /// <summary>Writes a u8 that is 0 or 1.</summary>
    public void Bool(ushort type, bool value) => UInt8(type, value ? (byte)1 : (byte)0);

    /// <summary>Writes a u16.</summary>
    public void UInt16(ushort type, ushort value) => MemoryMarshal.Write(Value(type, 2), value);

    /// <summary>Writes a u32.</summary>
    public void UInt32(ushort type, uint value) => MemoryMarshal.Write(Value(type, 4), value);

    /// <summary>Writes an s32.</summary>
    public void Int32(ushort type, int value) => MemoryMarshal.Write(Value(type, 4), value);

    /// <summary>Writes a u64.</summary>
    public void UInt64(ushort type, ulong value) => MemoryMarshal.Write(Value(type, 8), value);

    /// <summary>Writes a u16 in network order.</summary>
    public void UInt16NetworkOrder(ushort type, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Value(type, 2), value);

    /// <summary>Writes a u32 in network order, the byte order of netfilter's attributes.</summary>
    public void UInt32NetworkOrder(ushort type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Value(type, 4), value);

    /// <summary>Writes a u64 in network order, the byte order of netfilter's attributes.</summary>
    public void UInt64NetworkOrder(ushort type, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Value(type, 8), value);

    /// <summary>Writes UTF-8 text with a terminating zero byte.</summary>
    public void String(ushort type, string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Value(type, length + 1));
    }

    /// <summary>Writes UTF-8 text without a terminating zero byte, for attributes of which the kernel counts every byte as text.</summary>
    public void Text(ushort type, string value) => Encoding.UTF8.GetBytes(value, Value(type, Encoding.UTF8.GetByteCount(value)));

    /// <summary>Writes an address: 4 bytes for IPv4, 16 for IPv6, network order.</summary>
    public void Address(ushort type, IPAddress value)
    {
        Span<byte> span = Value(type, value.AddressFamily == AddressFamily.InterNetwork ? 4 : 16);
        value.TryWriteBytes(span, out _);
    }

    /// <summary>Writes a link-layer address.</summary>
    public void Hardware(ushort type, HardwareAddress value) => Write(type, value.Bytes);

    /// <summary>Writes back attributes that were read, but whose meaning this version does not know.</summary>
    public void Unknown(IReadOnlyList<UnknownAttribute> attributes)
    {
        for (int i = 0; i < attributes.Count; i++)
        {
            Write(attributes[i].RawType, attributes[i].Value.Span);
        }
    }

    /// <summary>Opens a nested attribute (NLA_F_NESTED set); what is written until the token is disposed is inside.</summary>
    /// <example><code>using (writer.Nest(LinkAttribute.LinkInfo)) { writer.String(...); }</code></example>
    public NestToken Nest(ushort type) => OpenNest((ushort)(type | NetlinkAttribute.NestedFlag));

    /// <summary>Opens a nested attribute without NLA_F_NESTED, which the kernel's older interfaces do not expect.</summary>
    public NestToken NestUnmarked(ushort type) => OpenNest(type);

    private NestToken OpenNest(ushort rawType)
    {
        int start = _buffer.Length;
        MemoryMarshal.Write(_buffer.Take(4)[2..], rawType);
        return new NestToken(_buffer, start);
    }

    private Span<byte> Value(ushort type, int length)
    {
        int total = length + 4;
        if (total > ushort.MaxValue)
        {
            throw new NetlinkFormatException($"attribute {type & NetlinkAttribute.TypeMask}", _buffer.Length, ushort.MaxValue - 4, length);
        }

        Span<byte> span = _buffer.Take((total + 3) & ~3);
        MemoryMarshal.Write(span, (ushort)total);
        MemoryMarshal.Write(span[2..], type);
        return span.Slice(4, length);
    }
}
