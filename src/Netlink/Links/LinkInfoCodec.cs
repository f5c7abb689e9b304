namespace Net.Netlink.Links;

/// <summary>Encodes and decodes <see cref="LinkInfo"/>.</summary>
/// <remarks>The kind is written before the data, as the kernel and ip(8) do. The reader finds the kind first, wherever it stands, and
/// decodes the data by it.</remarks>
internal static class LinkInfoCodec
{
    private const string Bridge = "bridge";
    private const string Veth = "veth";
    private const ushort VethPeer = 1; // VETH_INFO_PEER, include/uapi/linux/veth.h

    internal static void Encode(LinkInfo info, AttributeWriter writer)
    {
        using NestToken nest = writer.Nest((ushort)LinkAttribute.LinkInfo);
        if (info.Kind is { } kind)
        {
            writer.Text((ushort)LinkInfoAttribute.Kind, kind);
        }

        if (info.Bridge is not null || info.VethPeer is not null || info.Data.Count > 0)
        {
            using NestToken data = writer.Nest((ushort)LinkInfoAttribute.Data);
            info.Bridge?.Encode(writer);
            if (info.VethPeer is { } peer)
            {
                using NestToken peerNest = writer.Nest(VethPeer);
                peer.Encode(writer);
            }

            writer.Unknown(info.Data);
        }

        if (info.PortKind is { } portKind)
        {
            writer.Text((ushort)LinkInfoAttribute.PortKind, portKind);
        }

        if (info.BridgePort is not null || info.PortData.Count > 0)
        {
            using NestToken data = writer.Nest((ushort)LinkInfoAttribute.PortData);
            info.BridgePort?.Encode(writer);
            writer.Unknown(info.PortData);
        }

        writer.Unknown(info.Unknown);
    }

    internal static LinkInfo Decode(NetlinkAttribute attribute, bool isPeer)
    {
        string? kind = null;
        string? portKind = null;
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute item in attribute.AsNested())
        {
            switch ((LinkInfoAttribute)item.Type)
            {
                case LinkInfoAttribute.Kind:
                    kind = item.AsString();
                    break;
                case LinkInfoAttribute.PortKind:
                    portKind = item.AsString();
                    break;
                case LinkInfoAttribute.Data or LinkInfoAttribute.PortData:
                    break;
                default:
                    unknown.Add(item.ToUnknown());
                    break;
            }
        }

        var info = new LinkInfo { Kind = kind, PortKind = portKind, Unknown = unknown };
        foreach (NetlinkAttribute item in attribute.AsNested())
        {
            info = (LinkInfoAttribute)item.Type switch
            {
                LinkInfoAttribute.Data when kind == Bridge => info with { Bridge = BridgeSettings.Decode(item.AsNested()) },
                LinkInfoAttribute.Data when kind == Veth && !isPeer => WithVethData(info, item.AsNested()),
                LinkInfoAttribute.Data => info with { Data = Keep(item.AsNested()) },
                LinkInfoAttribute.PortData when portKind == Bridge => info with { BridgePort = BridgePortSettings.Decode(item.AsNested()) },
                LinkInfoAttribute.PortData => info with { PortData = Keep(item.AsNested()) },
                _ => info,
            };
        }

        return info;
    }

    private static LinkInfo WithVethData(LinkInfo info, AttributeReader data)
    {
        var rest = new List<UnknownAttribute>();
        foreach (NetlinkAttribute item in data)
        {
            if (item.Type == VethPeer)
            {
                info = info with { VethPeer = LinkCodec.Decode(item.Value, isPeer: true) };
            }
            else
            {
                rest.Add(item.ToUnknown());
            }
        }

        return info with { Data = rest };
    }

    private static List<UnknownAttribute> Keep(AttributeReader data)
    {
        var kept = new List<UnknownAttribute>();
        foreach (NetlinkAttribute item in data)
        {
            kept.Add(item.ToUnknown());
        }

        return kept;
    }
}
