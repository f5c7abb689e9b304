namespace Net.Netlink.Links;

/// <summary>Settings of a link as a bridge port (IFLA_INFO_SLAVE_DATA). A setting that is null is not in the message and stays as the
/// kernel has it.</summary>
public sealed record BridgePortSettings : LinkData
{
    /// <summary>Whether a frame may leave by the port it came in by (hairpin mode). A container that reaches itself by its published port
    /// needs it.</summary>
    public bool? Hairpin { get; init; }

    /// <summary>Whether the port exchanges no frames with other isolated ports of the bridge.</summary>
    public bool? Isolated { get; init; }

    /// <summary>Whether the bridge learns link-layer addresses from the port's frames.</summary>
    public bool? Learning { get; init; }

    /// <summary>Whether the port is sent frames whose destination the bridge does not know.</summary>
    public bool? UnicastFlood { get; init; }

    /// <summary>Whether the port is sent multicast that no member of it has joined.</summary>
    public bool? MulticastFlood { get; init; }

    /// <summary>Whether the bridge answers ARP and neighbour discovery for the port from its own table.</summary>
    public bool? NeighbourSuppress { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    internal override void Encode(AttributeWriter writer)
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
                    attribute.KeepIn(unknown);
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
