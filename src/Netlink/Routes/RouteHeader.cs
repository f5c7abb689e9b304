using System.Runtime.InteropServices;

namespace Net.Netlink.Routes;

/// <summary>The fixed struct of a route message.</summary>
/// <param name="Family">rtm_family.</param>
/// <param name="DestinationLength">rtm_dst_len, bits.</param>
/// <param name="SourceLength">rtm_src_len, bits.</param>
/// <param name="TypeOfService">rtm_tos.</param>
/// <param name="Table">rtm_table: 254 is main; 0 when the number is in RTA_TABLE.</param>
/// <param name="Protocol">rtm_protocol.</param>
/// <param name="Scope">rtm_scope.</param>
/// <param name="Type">rtm_type.</param>
/// <param name="Flags">rtm_flags.</param>
/// <remarks>Wire: <c>struct rtmsg</c>, 12 bytes, host byte order. Source: include/uapi/linux/rtnetlink.h.</remarks>
public readonly record struct RouteHeader(
    RouteFamily Family,
    byte DestinationLength,
    byte SourceLength,
    byte TypeOfService,
    byte Table,
    RouteProtocol Protocol,
    RouteScope Scope,
    RouteType Type,
    RouteFlags Flags)
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 12;

    /// <summary>RT_TABLE_MAIN.</summary>
    public const byte MainTable = 254;

    /// <summary>RT_TABLE_LOCAL: the table that the kernel maintains.</summary>
    public const byte LocalTable = 255;

    /// <summary>Appends the struct.</summary>
    public void Encode(AttributeWriter writer)
    {
        Span<byte> span = writer.Struct(Length);
        span[0] = (byte)Family;
        span[1] = DestinationLength;
        span[2] = SourceLength;
        span[3] = TypeOfService;
        span[4] = Table;
        span[5] = (byte)Protocol;
        span[6] = (byte)Scope;
        span[7] = (byte)Type;
        MemoryMarshal.Write(span[8..], (uint)Flags);
    }

    /// <summary>Reads the struct and gives the attributes after it.</summary>
    /// <exception cref="NetlinkFormatException">The payload is under 12 bytes.</exception>
    public static RouteHeader Decode(ReadOnlySpan<byte> payload, out AttributeReader attributes)
    {
        ReadOnlySpan<byte> span = AttributeReader.SplitStruct(payload, Length, "struct rtmsg", out attributes);
        return new RouteHeader(
            (RouteFamily)span[0],
            span[1],
            span[2],
            span[3],
            span[4],
            (RouteProtocol)span[5],
            (RouteScope)span[6],
            (RouteType)span[7],
            (RouteFlags)MemoryMarshal.Read<uint>(span[8..]));
    }
}
