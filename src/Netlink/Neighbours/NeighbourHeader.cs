using System.Runtime.InteropServices;

namespace Net.Netlink.Neighbours;

/// <summary>The fixed struct of a neighbour message.</summary>
/// <param name="Family">ndm_family.</param>
/// <param name="LinkIndex">ndm_ifindex.</param>
/// <param name="State">ndm_state.</param>
/// <param name="Flags">ndm_flags.</param>
/// <param name="Type">ndm_type, RTN_*; 0 in requests.</param>
/// <remarks>Wire: <c>struct ndmsg</c>, 12 bytes with 3 of padding. Source: include/uapi/linux/neighbour.h.</remarks>
public readonly record struct NeighbourHeader(RouteFamily Family, int LinkIndex, NeighbourState State, NeighbourFlags Flags, byte Type = 0)
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 12;

    /// <summary>Appends the struct.</summary>
    public void Encode(AttributeWriter writer)
    {
        Span<byte> span = writer.Struct(Length);
        span[0] = (byte)Family;
        MemoryMarshal.Write(span[4..], LinkIndex);
        MemoryMarshal.Write(span[8..], (ushort)State);
        span[10] = (byte)Flags;
        span[11] = Type;
    }

    /// <summary>Reads the struct and gives the attributes after it.</summary>
    /// <exception cref="NetlinkFormatException">The payload is under 12 bytes.</exception>
    public static NeighbourHeader Decode(ReadOnlySpan<byte> payload, out AttributeReader attributes)
    {
        ReadOnlySpan<byte> span = AttributeReader.SplitStruct(payload, Length, "struct ndmsg", out attributes);
        return new NeighbourHeader(
            (RouteFamily)span[0],
            MemoryMarshal.Read<int>(span[4..]),
            (NeighbourState)MemoryMarshal.Read<ushort>(span[8..]),
            (NeighbourFlags)span[10],
            span[11]);
    }
}
