using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Net.Netlink;

/// <summary>One attribute as read: a view over the message, valid as long as the message's bytes.</summary>
/// <remarks>Each As method throws <see cref="NetlinkFormatException"/> when the value has another length than the type needs. Numbers are
/// in host byte order unless the method says network order.</remarks>
public readonly ref struct NetlinkAttribute
{
    /// <summary>NLA_F_NESTED: the value is a list of attributes.</summary>
    public const ushort NestedFlag = 0x8000;

    /// <summary>NLA_F_NET_BYTEORDER: the value is in network order.</summary>
    public const ushort NetworkOrderFlag = 0x4000;

    /// <summary>NLA_TYPE_MASK: the bits of nla_type that are the type.</summary>
    public const ushort TypeMask = 0x3fff;

    private readonly bool _dropsUnknown;

    internal NetlinkAttribute(ushort rawType, int offset, ReadOnlySpan<byte> value, bool dropsUnknown)
    {
        _dropsUnknown = dropsUnknown;
        RawType = rawType;
        Offset = offset;
        Value = value;
    }

    /// <summary>nla_type with its two flag bits.</summary>
    public ushort RawType { get; }

    /// <summary>The type without flag bits.</summary>
    public ushort Type => (ushort)(RawType & TypeMask);

    /// <summary>The offset of the attribute in the span that was read.</summary>
    public int Offset { get; }

    /// <summary>The bytes of the value, without padding.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>A u8.</summary>
    public byte AsUInt8() => Exactly(1)[0];

    /// <summary>A u8 that is true unless 0.</summary>
    public bool AsBool() => Exactly(1)[0] != 0;

    /// <summary>A u16.</summary>
    public ushort AsUInt16() => MemoryMarshal.Read<ushort>(Exactly(2));

    /// <summary>A u32.</summary>
    public uint AsUInt32() => MemoryMarshal.Read<uint>(Exactly(4));

    /// <summary>An s32.</summary>
    public int AsInt32() => MemoryMarshal.Read<int>(Exactly(4));

    /// <summary>A u64.</summary>
    public ulong AsUInt64() => MemoryMarshal.Read<ulong>(Exactly(8));

    /// <summary>A u16 in network order.</summary>
    public ushort AsUInt16NetworkOrder() => BinaryPrimitives.ReadUInt16BigEndian(Exactly(2));

    /// <summary>A u32 in network order.</summary>
    public uint AsUInt32NetworkOrder() => BinaryPrimitives.ReadUInt32BigEndian(Exactly(4));

    /// <summary>A u64 in network order.</summary>
    public ulong AsUInt64NetworkOrder() => BinaryPrimitives.ReadUInt64BigEndian(Exactly(8));

    /// <summary>UTF-8 text up to the first zero byte, or the end.</summary>
    public string AsString()
    {
        int end = Value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? Value : Value[..end]);
    }

    /// <summary>An IPv4 (4 bytes) or IPv6 (16 bytes) address.</summary>
    public IPAddress AsAddress() => Value.Length == 16 ? new IPAddress(Value) : new IPAddress(Exactly(4));

    /// <summary>A link-layer address of any length.</summary>
    public HardwareAddress AsHardware() => new(Value);

    /// <summary>The attributes nested in the value.</summary>
    public AttributeReader AsNested() => new(Value, _dropsUnknown);

    /// <summary>A copy of the attribute that outlives the message.</summary>
    public UnknownAttribute ToUnknown() => new(RawType, Value.ToArray());

    /// <summary>Adds a copy of the attribute to those of a message that are not known, unless the reader drops those.</summary>
    internal void KeepIn(List<UnknownAttribute> unknown)
    {
        if (!_dropsUnknown)
        {
            unknown.Add(ToUnknown());
        }
    }

    /// <summary>The value, which must have this length.</summary>
    /// <exception cref="NetlinkFormatException">The value has another length.</exception>
    internal ReadOnlySpan<byte> Exactly(int length) =>
        Value.Length == length ? Value : throw new NetlinkFormatException($"attribute {Type}", Offset, length, Value.Length);
}
