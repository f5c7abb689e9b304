using Net.Netlink.Netfilter;

namespace Net.Netlink.Conntrack;

/// <summary>A tracked connection, as dumps and events bring it. Null: not in the message.</summary>
/// <remarks>
/// Wire: <c>struct nfgenmsg</c>, then CTA_* attributes. Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h. Attributes this version
/// does not know (status, timeout, counters and others) are kept in <see cref="Unknown"/> and written back unchanged.
/// </remarks>
public sealed record ConntrackMessage : INetlinkMessage
{
    /// <summary>Its family: IPv4 or IPv6.</summary>
    public NetfilterHeader Header { get; init; }

    /// <summary>As its first packet was, before any translation.</summary>
    public ConntrackTuple? Original { get; init; }

    /// <summary>As the answer is expected: the source is whom the first packet was translated to.</summary>
    public ConntrackTuple? Reply { get; init; }

    /// <summary>Its number, which a later connection between the same two does not have.</summary>
    public uint? Id { get; init; }

    /// <summary>The zone it is tracked in; not in the message for zone 0.</summary>
    public ushort? Zone { get; init; }

    /// <summary>Attributes that are not known here.</summary>
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

    /// <summary>Reads what stands after struct nlmsghdr.</summary>
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
