namespace Net.Netlink.Links;

/// <summary>Encodes and decodes <see cref="LinkInfo"/>.</summary>
/// <remarks>The kind is written before the data, as the kernel and ip(8) do. The reader finds the kind first, wherever it stands, and
/// decodes the data by it.</remarks>
internal static class LinkInfoCodec
{
    internal static void Encode(LinkInfo info, AttributeWriter writer)
    {
        using NestToken nest = writer.Nest((ushort)LinkAttribute.LinkInfo);
        WriteKind(writer, LinkInfoAttribute.Kind, info.Kind);
        WriteData(writer, LinkInfoAttribute.Data, info.Data);
        WriteKind(writer, LinkInfoAttribute.PortKind, info.PortKind);
        WriteData(writer, LinkInfoAttribute.PortData, info.PortData);
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
                    item.KeepIn(unknown);
                    break;
            }
        }

        var info = new LinkInfo { Kind = kind, PortKind = portKind, Unknown = unknown };
        foreach (NetlinkAttribute item in attribute.AsNested())
        {
            info = (LinkInfoAttribute)item.Type switch
            {
                LinkInfoAttribute.Data => info with { Data = LinkDataCodec.DecodeLink(kind, item.AsNested(), isPeer) },
                LinkInfoAttribute.PortData => info with { PortData = LinkDataCodec.DecodePort(portKind, item.AsNested()) },
                _ => info,
            };
        }

        return info;
    }

    private static void WriteKind(AttributeWriter writer, LinkInfoAttribute attribute, string? kind)
    {
        if (kind is not null)
        {
            writer.Text((ushort)attribute, kind);
        }
    }

    private static void WriteData(AttributeWriter writer, LinkInfoAttribute attribute, LinkData? data)
    {
        if (data is not null)
        {
            using NestToken nest = writer.Nest((ushort)attribute);
            data.Encode(writer);
        }
    }
}
