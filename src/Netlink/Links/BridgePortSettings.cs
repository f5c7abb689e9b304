namespace Net.Netlink.Links;

/// <summary>Settings of a link as a bridge port (IFLA_INFO_SLAVE_DATA). Null: not in the message, so as the kernel has it.</summary>
public sealed record BridgePortSettings
{
    /// <summary>Send back out of the port a frame that came in by it. A container that reaches itself by its published port needs
    /// it.</summary>
    public bool? Hairpin { get; init; }

    /// <summary>No traffic to other isolated ports of the bridge.</summary>
    public bool? Isolated { get; init; }

    /// <summary>Learn link-layer addresses from frames.</summary>
    public bool? Learning { get; init; }

    /// <summary>Get frames whose destination the bridge does not know.</summary>
    public bool? UnicastFlood { get; init; }

    /// <summary>Get multicast that nobody has asked for.</summary>
    public bool? MulticastFlood { get; init; }

    /// <summary>Answer ARP and neighbour discovery from the bridge's own table.</summary>
    public bool? NeighbourSuppress { get; init; }

    /// <summary>Attributes that are not known here.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    internal void Encode(AttributeWriter writer)
    {
        Bool(writer, BridgePortAttribute.Hairpin, Hairpin);
        Bool(writer, BridgePortAttribute.Isolated, Isolated);
        Bool(writer, BridgePortAttribute.Learning, Learning);
        Bool(writer, BridgePortAttribute.UnicastFlood, UnicastFlood);
        Bool(writer, BridgePortAttribute.MulticastFlood, MulticastFlood);
        Bool(writer, BridgePortAttribute.NeighbourSuppress, NeighbourSuppress);
        writer.Unknown(Unknown);
    }

    internal static BridgePortSettings Decode(AttributeReader attributes)
    {
        var settings = new BridgePortSettings();
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes)
        {
            switch ((BridgePortAttribute)attribute.Type)
            {
                case BridgePortAttribute.Hairpin:
                    settings = settings with { Hairpin = attribute.AsBool() };
                    break;
                case BridgePortAttribute.Isolated:
                    settings = settings with { Isolated = attribute.AsBool() };
                    break;
                case BridgePortAttribute.Learning:
                    settings = settings with { Learning = attribute.AsBool() };
                    break;
                case BridgePortAttribute.UnicastFlood:
                    settings = settings with { UnicastFlood = attribute.AsBool() };
                    break;
                case BridgePortAttribute.MulticastFlood:
                    settings = settings with { MulticastFlood = attribute.AsBool() };
                    break;
                case BridgePortAttribute.NeighbourSuppress:
                    settings = settings with { NeighbourSuppress = attribute.AsBool() };
                    break;
                default:
                    unknown.Add(attribute.ToUnknown());
                    break;
            }
        }

        return settings with { Unknown = unknown };
    }

    private static void Bool(AttributeWriter writer, BridgePortAttribute type, bool? value)
    {
        if (value is { } present)
        {
            writer.Bool((ushort)type, present);
        }
    }
}
