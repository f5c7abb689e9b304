using Net.Netlink.Netfilter;

namespace Net.Netlink.Conntrack;

/// <summary>A tracked connection, as carried by dumps and events. A property that is null is not in the message.</summary>
/// <remarks>
/// Wire: <c>struct nfgenmsg</c>, then CTA_* attributes. Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h. Attributes this version
/// does not know (status, timeout, counters and others) are kept in <see cref="Unknown"/> and written back unchanged.
/// </remarks>
public sealed record ConntrackMessage : INetlinkMessage
{
    /// <summary>The header, with the family IPv4 or IPv6.</summary>
    public NetfilterHeader Header { get; init; }

    /// <summary>The direction of the first packet, before any translation.</summary>
    public ConntrackTuple? Original { get; init; }

    /// <summary>The direction of the replies: its source is the address that the first packet was translated to.</summary>
    public ConntrackTuple? Reply { get; init; }

    /// <summary>The id of the connection; a later connection between the same two addresses has another.</summary>
    public uint? Id { get; init; }

    /// <summary>The conntrack zone of the connection; zone 0 is not in the message.</summary>
    public ushort? Zone { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        Header.Encode(writer);
        Encode(writer, ConntrackAttribute.Original, Original);
        Encode(writer, ConntrackAttribute.Reply, Reply);
        if (Id is { } id)
        {
            writer.UInt32NetworkOrder((ushort)ConntrackAttribute.Id, id);
        }

        if (Zone is { } zone)
        {
            writer.UInt16NetworkOrder((ushort)ConntrackAttribute.Zone, zone);
        }

        writer.Unknown(Unknown);
    }

    /// <summary>Reads the payload of a message, the bytes after struct nlmsghdr.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a conntrack message.</exception>
    public static ConntrackMessage Decode(ReadOnlySpan<byte> payload)
    {
        var message = new ConntrackMessage { Header = NetfilterHeader.Decode(payload, out AttributeReader attributes) };
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes)
        {
            switch ((ConntrackAttribute)attribute.Type)
            {
                case ConntrackAttribute.Original:
                    message = message with { Original = ConntrackTuple.Decode(attribute.AsNested()) };
                    break;
                case ConntrackAttribute.Reply:
                    message = message with { Reply = ConntrackTuple.Decode(attribute.AsNested()) };
                    break;
                case ConntrackAttribute.Id:
                    message = message with { Id = attribute.AsUInt32NetworkOrder() };
                    break;
                case ConntrackAttribute.Zone:
                    message = message with { Zone = attribute.AsUInt16NetworkOrder() };
                    break;
                default:
                    unknown.Add(attribute.ToUnknown());
                    break;
            }
        }

        return unknown.Count == 0 ? message : message with { Unknown = unknown };
    }

    private static void Encode(AttributeWriter writer, ConntrackAttribute attribute, ConntrackTuple? tuple)
    {
        if (tuple is not null)
        {
            using NestToken nest = writer.Nest((ushort)attribute);
            tuple.Encode(writer);
        }
    }
}
