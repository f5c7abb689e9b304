using System.Buffers.Binary;

namespace Net.Netlink.Netfilter;

/// <summary>The fixed struct of every netfilter message.</summary>
/// <param name="Family">nfgen_family.</param>
/// <param name="Version">version; NFNETLINK_V0 is 0.</param>
/// <param name="ResourceId">res_id: the subsystem in batch begin and end, the queue or generation elsewhere.</param>
/// <remarks>Wire: <c>struct nfgenmsg</c>, 4 bytes, res_id in network order. Source: include/uapi/linux/netfilter/nfnetlink.h.</remarks>
public readonly record struct NetfilterHeader(NetfilterFamily Family, byte Version = 0, ushort ResourceId = 0)
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 4;

    /// <summary>Appends the struct.</summary>
    public void Encode(AttributeWriter writer)
    {
        Span<byte> span = writer.Struct(Length);
        span[0] = (byte)Family;
        span[1] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], ResourceId);
    }

    /// <summary>Reads the struct and gives the attributes after it.</summary>
    /// <exception cref="NetlinkFormatException">The payload is under 4 bytes.</exception>
    public static NetfilterHeader Decode(ReadOnlySpan<byte> payload, out AttributeReader attributes)
    {
        ReadOnlySpan<byte> span = AttributeReader.SplitStruct(payload, Length, "struct nfgenmsg", out attributes);
        return new NetfilterHeader((NetfilterFamily)span[0], span[1], BinaryPrimitives.ReadUInt16BigEndian(span[2..]));
    }
}
