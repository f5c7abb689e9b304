using System.Net;

namespace Net.Netlink.Routes;

/// <summary>A route, as carried by RTM_NEWROUTE, RTM_DELROUTE and RTM_GETROUTE. A property that is null is not in the message.</summary>
/// <remarks>
/// Wire: <c>struct rtmsg</c>, then RTA_* attributes. Source: include/uapi/linux/rtnetlink.h, rtnetlink(7). Attributes this version does not
/// know (metrics, several next hops) are kept in <see cref="Unknown"/> and written back unchanged.
/// </remarks>
public sealed record RouteMessage : INetlinkMessage
{
    /// <summary>Family, prefix length, table, protocol, scope, type.</summary>
    public RouteHeader Header { get; init; }

    /// <summary>The destination; null with prefix length 0 is the default route.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>The next hop; null when the destination is on the link.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The index of the link that packets leave by.</summary>
    public int? OutputInterfaceIndex { get; init; }

    /// <summary>Metric (RTA_PRIORITY); lower wins. IPv6 takes null or 0 as 1024.</summary>
    public uint? Metric { get; init; }

    /// <summary>The source address of packets that this machine sends by the route.</summary>
    public IPAddress? PreferredSource { get; init; }

    /// <summary>Table number (RTA_TABLE), also above 255.</summary>
    public uint? TableId { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    /// <summary>The table number, whichever field carries it.</summary>
    public uint Table => TableId ?? Header.Table;

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        Header.Encode(writer);
        WriteAddress(writer, RouteAttribute.Destination, Destination);
        WriteAddress(writer, RouteAttribute.Gateway, Gateway);
        WriteAddress(writer, RouteAttribute.PreferredSource, PreferredSource);
        WriteUInt32(writer, RouteAttribute.Table, TableId);
        WriteUInt32(writer, RouteAttribute.Priority, Metric);
        WriteUInt32(writer, RouteAttribute.OutputInterface, (uint?)OutputInterfaceIndex);
        writer.Unknown(Unknown);
    }

    /// <summary>Reads the payload of a message, the bytes after struct nlmsghdr.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a route message.</exception>
    public static RouteMessage Decode(ReadOnlySpan<byte> payload) => Decode(payload, dropsUnknown: false);

    /// <summary>As <see cref="Decode(ReadOnlySpan{byte})"/>, without the attributes that this version does not know: nobody asks for them
    /// who only compares.</summary>
    public static RouteMessage DecodeKnown(ReadOnlySpan<byte> payload) => Decode(payload, dropsUnknown: true);

    private static RouteMessage Decode(ReadOnlySpan<byte> payload, bool dropsUnknown)
    {
        var message = new RouteMessage { Header = RouteHeader.Decode(payload, out AttributeReader attributes) };
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes.DroppingUnknown(dropsUnknown))
        {
            switch ((RouteAttribute)attribute.Type)
            {
                case RouteAttribute.Destination:
                    message = message with { Destination = attribute.AsAddress() };
                    break;
                case RouteAttribute.Gateway:
                    message = message with { Gateway = attribute.AsAddress() };
                    break;
                case RouteAttribute.PreferredSource:
                    message = message with { PreferredSource = attribute.AsAddress() };
                    break;
                case RouteAttribute.OutputInterface:
                    message = message with { OutputInterfaceIndex = attribute.AsInt32() };
                    break;
                case RouteAttribute.Priority:
                    message = message with { Metric = attribute.AsUInt32() };
                    break;
                case RouteAttribute.Table:
                    message = message with { TableId = attribute.AsUInt32() };
                    break;
                default:
                    attribute.KeepIn(unknown);
                    break;
            }
        }

        return unknown.Count == 0 ? message : message with { Unknown = unknown };
    }

    private static void WriteAddress(AttributeWriter writer, RouteAttribute type, IPAddress? value)
    {
        if (value is not null)
        {
            writer.Address((ushort)type, value);
        }
    }

    private static void WriteUInt32(AttributeWriter writer, RouteAttribute type, uint? value)
    {
        if (value is { } present)
        {
            writer.UInt32((ushort)type, present);
        }
    }
}
