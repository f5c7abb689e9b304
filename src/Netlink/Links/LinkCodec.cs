namespace Net.Netlink.Links;

/// <summary>Encodes and decodes <see cref="LinkMessage"/>.</summary>
internal static class LinkCodec
{
    /// <summary>Writes the struct and the attributes in the order of ip(8).</summary>
    internal static void Encode(LinkMessage link, AttributeWriter writer)
    {
        link.Header.Encode(writer);
        WriteHardware(writer, LinkAttribute.Address, link.Address);
        WriteHardware(writer, LinkAttribute.Broadcast, link.Broadcast);
        WriteUInt32(writer, LinkAttribute.Mtu, link.Mtu);
        WriteUInt32(writer, LinkAttribute.Link, (uint?)link.LowerIndex);
        WriteUInt32(writer, LinkAttribute.Master, (uint?)link.MasterIndex);
        WriteUInt32(writer, LinkAttribute.TransmitQueueLength, link.TransmitQueueLength);
        if (link.OperationalState is { } state)
        {
            writer.UInt8((ushort)LinkAttribute.OperationalState, (byte)state);
        }

        if (link.Alias is { } alias)
        {
            // Text without a terminating zero byte: the kernel counts every byte, and an empty value removes the alias.
            writer.Text((ushort)LinkAttribute.Alias, alias);
        }

        WriteUInt32(writer, LinkAttribute.Group, link.Group);
        WriteUInt32(writer, LinkAttribute.NamespaceProcessId, link.NamespaceProcessId);
        WriteUInt32(writer, LinkAttribute.NamespaceDescriptor, (uint?)link.NamespaceDescriptor);
        WriteUInt32(writer, LinkAttribute.LinkNamespaceId, (uint?)link.LinkNamespaceId);
        if (link.Name is { } name)
        {
            writer.String((ushort)LinkAttribute.InterfaceName, name);
        }

        if (link.Info is { } info)
        {
            LinkInfoCodec.Encode(info, writer);
        }

        link.FamilySettings?.Encode(writer);
        WriteUInt32(writer, LinkAttribute.ExtendedMask, link.ExtendedMask);
        writer.Unknown(link.Unknown);
    }

    /// <summary>Reads the struct and the attributes.</summary>
    /// <param name="payload">The bytes after struct nlmsghdr.</param>
    /// <param name="isPeer">Whether the message is a veth peer. A peer inside a peer, which no kernel sends, is kept undecoded, so that
    /// hostile bytes cannot nest without end.</param>
    /// <param name="dropsUnknown">Whether attributes that are not known are left out.</param>
    internal static LinkMessage Decode(ReadOnlySpan<byte> payload, bool isPeer, bool dropsUnknown = false)
    {
        // Local variables instead of a copy of the record for each attribute: a dump has thousands of attributes.
        LinkHeader header = LinkHeader.Decode(payload, out AttributeReader attributes);
        string? name = null, alias = null;
        HardwareAddress? address = null, broadcast = null;
        uint? mtu = null, queue = null, group = null, process = null, mask = null;
        int? lower = null, master = null, descriptor = null, lowerNamespace = null;
        OperationalState? state = null;
        LinkInfo? info = null;
        LinkFamilySettings? families = null;
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes.DroppingUnknown(dropsUnknown))
        {
            switch ((LinkAttribute)attribute.Type)
            {
                case LinkAttribute.InterfaceName:
                    name = attribute.AsString();
                    break;
                case LinkAttribute.Alias:
                    alias = attribute.AsString();
                    break;
                case LinkAttribute.Address:
                    address = attribute.AsHardware();
                    break;
                case LinkAttribute.Broadcast:
                    broadcast = attribute.AsHardware();
                    break;
                case LinkAttribute.Mtu:
                    mtu = attribute.AsUInt32();
                    break;
                case LinkAttribute.TransmitQueueLength:
                    queue = attribute.AsUInt32();
                    break;
                case LinkAttribute.Group:
                    group = attribute.AsUInt32();
                    break;
                case LinkAttribute.NamespaceProcessId:
                    process = attribute.AsUInt32();
                    break;
                case LinkAttribute.ExtendedMask:
                    mask = attribute.AsUInt32();
                    break;
                case LinkAttribute.Link:
                    lower = attribute.AsInt32();
                    break;
                case LinkAttribute.Master:
                    master = attribute.AsInt32();
                    break;
                case LinkAttribute.NamespaceDescriptor:
                    descriptor = attribute.AsInt32();
                    break;
                case LinkAttribute.LinkNamespaceId:
                    lowerNamespace = attribute.AsInt32();
                    break;
                case LinkAttribute.OperationalState:
                    state = (OperationalState)attribute.AsUInt8();
                    break;
                case LinkAttribute.LinkInfo:
                    info = LinkInfoCodec.Decode(attribute, isPeer);
                    break;
                case LinkAttribute.FamilySpecific when header.Family != RouteFamily.Bridge:
                    families = LinkFamilySettings.Decode(attribute);
                    break;
                default:
                    attribute.KeepIn(unknown);
                    break;
            }
        }

        return new LinkMessage
        {
            Header = header,
            Name = name,
            Address = address,
            Broadcast = broadcast,
            Mtu = mtu,
            LowerIndex = lower,
            MasterIndex = master,
            TransmitQueueLength = queue,
            OperationalState = state,
            Alias = alias,
            Group = group,
            NamespaceProcessId = process,
            NamespaceDescriptor = descriptor,
            LinkNamespaceId = lowerNamespace,
            Info = info,
            FamilySettings = families,
            ExtendedMask = mask,
            Unknown = unknown,
        };
    }

    private static void WriteUInt32(AttributeWriter writer, LinkAttribute type, uint? value)
    {
        if (value is { } present)
        {
            writer.UInt32((ushort)type, present);
        }
    }

    private static void WriteHardware(AttributeWriter writer, LinkAttribute type, HardwareAddress? value)
    {
        if (value is { } present)
        {
            writer.Hardware((ushort)type, present);
        }
    }
}
