namespace Net.Netlink.Links;

/// <summary>The wire form of <see cref="LinkMessage"/>.</summary>
internal static class LinkCodec
{
    internal static void Encode(LinkMessage link, AttributeWriter writer)
    {
        link.Header.Encode(writer);
        if (link.Name is { } name)
        {
            writer.String((ushort)LinkAttribute.InterfaceName, name);
        }

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
            // Text without its zero byte: the kernel counts every byte, and an empty value takes the alias away.
            writer.Write((ushort)LinkAttribute.Alias, System.Text.Encoding.UTF8.GetBytes(alias));
        }

        WriteUInt32(writer, LinkAttribute.Group, link.Group);
        WriteUInt32(writer, LinkAttribute.NamespaceProcessId, link.NamespaceProcessId);
        WriteUInt32(writer, LinkAttribute.NamespaceDescriptor, (uint?)link.NamespaceDescriptor);
        WriteUInt32(writer, LinkAttribute.LinkNamespaceId, (uint?)link.LinkNamespaceId);
        link.Info?.Encode(writer);
        link.FamilySettings?.Encode(writer);
        WriteUInt32(writer, LinkAttribute.ExtendedMask, link.ExtendedMask);
        writer.Unknown(link.Unknown);
    }

    internal static LinkMessage Decode(ReadOnlySpan<byte> payload)
    {
        var link = new LinkMessage { Header = LinkHeader.Decode(payload, out AttributeReader attributes) };
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes)
        {
            link = (LinkAttribute)attribute.Type switch
            {
                LinkAttribute.InterfaceName => link with { Name = attribute.AsString() },
                LinkAttribute.Address => link with { Address = attribute.AsHardware() },
                LinkAttribute.Broadcast => link with { Broadcast = attribute.AsHardware() },
                LinkAttribute.Mtu => link with { Mtu = attribute.AsUInt32() },
                LinkAttribute.Link => link with { LowerIndex = attribute.AsInt32() },
                LinkAttribute.Master => link with { MasterIndex = attribute.AsInt32() },
                LinkAttribute.TransmitQueueLength => link with { TransmitQueueLength = attribute.AsUInt32() },
                LinkAttribute.OperationalState => link with { OperationalState = (OperationalState)attribute.AsUInt8() },
                LinkAttribute.Alias => link with { Alias = attribute.AsString() },
                LinkAttribute.Group => link with { Group = attribute.AsUInt32() },
                LinkAttribute.NamespaceProcessId => link with { NamespaceProcessId = attribute.AsUInt32() },
                LinkAttribute.NamespaceDescriptor => link with { NamespaceDescriptor = attribute.AsInt32() },
                LinkAttribute.LinkNamespaceId => link with { LinkNamespaceId = attribute.AsInt32() },
                LinkAttribute.LinkInfo => link with { Info = LinkInfo.Decode(attribute) },
                LinkAttribute.FamilySpecific when link.Header.Family != RouteFamily.Bridge =>
                    link with { FamilySettings = LinkFamilySettings.Decode(attribute) },
                LinkAttribute.ExtendedMask => link with { ExtendedMask = attribute.AsUInt32() },
                _ => Keep(link, unknown, attribute),
            };
        }

        return unknown.Count == 0 ? link : link with { Unknown = unknown };
    }

    private static LinkMessage Keep(LinkMessage link, List<UnknownAttribute> unknown, NetlinkAttribute attribute)
    {
        unknown.Add(attribute.ToUnknown());
        return link;
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
