using System.Runtime.InteropServices;

namespace Net.Netlink.Links;

/// <summary>The fixed struct of a link message.</summary>
/// <param name="Family">ifi_family.</param>
/// <param name="HardwareType">ifi_type, ARPHRD_*: 1 is Ethernet, 772 loopback. Ignored in requests.</param>
/// <param name="Index">ifi_index; in a create request the wanted index, 0 for any.</param>
/// <param name="Flags">ifi_flags.</param>
/// <param name="Change">ifi_change: the mask of the flags that a request sets.</param>
/// <remarks>Wire: <c>struct ifinfomsg</c>, 16 bytes, host byte order. Source: include/uapi/linux/rtnetlink.h.</remarks>
public readonly record struct LinkHeader(RouteFamily Family, ushort HardwareType, int Index, LinkFlags Flags, LinkFlags Change)
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 16;

    /// <summary>Appends the struct.</summary>
    public void Encode(AttributeWriter writer)
    {
        Span<byte> span = writer.Struct(Length);
        span[0] = (byte)Family;
        MemoryMarshal.Write(span[2..], HardwareType);
        MemoryMarshal.Write(span[4..], Index);
        MemoryMarshal.Write(span[8..], (uint)Flags);
        MemoryMarshal.Write(span[12..], (uint)Change);
    }

    /// <summary>Reads the struct and gives the attributes after it.</summary>
    /// <exception cref="NetlinkFormatException">The payload is under 16 bytes.</exception>
    public static LinkHeader Decode(ReadOnlySpan<byte> payload, out AttributeReader attributes)
    {
        ReadOnlySpan<byte> span = AttributeReader.SplitStruct(payload, Length, "struct ifinfomsg", out attributes);
        return new LinkHeader(
            (RouteFamily)span[0],
            MemoryMarshal.Read<ushort>(span[2..]),
            MemoryMarshal.Read<int>(span[4..]),
            (LinkFlags)MemoryMarshal.Read<uint>(span[8..]),
            (LinkFlags)MemoryMarshal.Read<uint>(span[12..]));
    }
}
