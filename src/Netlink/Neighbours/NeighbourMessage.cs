using System.Net;

namespace Net.Netlink.Neighbours;

/// <summary>A neighbour, as carried by RTM_NEWNEIGH, RTM_DELNEIGH and RTM_GETNEIGH. A property that is null is not in the
/// message.</summary>
/// <remarks>
/// Wire: <c>struct ndmsg</c>, then NDA_* attributes. Source: include/uapi/linux/neighbour.h, rtnetlink(7). Attributes this version does not
/// know are kept in <see cref="Unknown"/> and written back unchanged.
/// </remarks>
public sealed record NeighbourMessage : INetlinkMessage
{
    /// <summary>Family, link and state.</summary>
    public NeighbourHeader Header { get; init; }

    /// <summary>The neighbour's IP address.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>The neighbour's link-layer address.</summary>
    public HardwareAddress? LinkAddress { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        Header.Encode(writer);
        if (Destination is { } destination)
        {
            writer.Address((ushort)NeighbourAttribute.Destination, destination);
        }

        if (LinkAddress is { } linkAddress)
        {
            writer.Hardware((ushort)NeighbourAttribute.LinkAddress, linkAddress);
        }

        writer.Unknown(Unknown);
    }

    /// <summary>Reads the payload of a message, the bytes after struct nlmsghdr.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a neighbour message.</exception>
    public static NeighbourMessage Decode(ReadOnlySpan<byte> payload) => Decode(payload, dropsUnknown: false);

    /// <summary>As <see cref="Decode(ReadOnlySpan{byte})"/>, without the attributes that this version does not know: nobody asks for them
    /// who only compares.</summary>
    public static NeighbourMessage DecodeKnown(ReadOnlySpan<byte> payload) => Decode(payload, dropsUnknown: true);

    private static NeighbourMessage Decode(ReadOnlySpan<byte> payload, bool dropsUnknown)
    {
        var message = new NeighbourMessage { Header = NeighbourHeader.Decode(payload, out AttributeReader attributes) };
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes.DroppingUnknown(dropsUnknown))
        {
            switch ((NeighbourAttribute)attribute.Type)
            {
                case NeighbourAttribute.Destination when message.Header.Family != RouteFamily.Bridge:
                    message = message with { Destination = attribute.AsAddress() };
                    break;
                case NeighbourAttribute.LinkAddress:
                    message = message with { LinkAddress = attribute.AsHardware() };
                    break;
                default:
                    attribute.KeepIn(unknown);
                    break;
            }
        }

        return unknown.Count == 0 ? message : message with { Unknown = unknown };
    }
}
