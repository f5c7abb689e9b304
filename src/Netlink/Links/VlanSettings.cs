namespace Net.Netlink.Links;

/// <summary>The settings of a link of kind vlan (IEEE 802.1Q). A setting that is null is not in the message.</summary>
public sealed record VlanSettings : LinkData
{
    /// <summary>The kind (IFLA_INFO_KIND).</summary>
    public const string Kind = "vlan";

    private const ushort IdAttribute = 1; // IFLA_VLAN_ID, include/uapi/linux/if_link.h

    /// <summary>The VLAN identifier, 1 to 4094.</summary>
    public ushort? Id { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    internal static VlanSettings Decode(AttributeReader attributes)
    {
        ushort? id = null;
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == IdAttribute)
            {
                id = attribute.AsUInt16();
            }
            else
            {
                attribute.KeepIn(unknown);
            }
        }

        return new VlanSettings { Id = id, Unknown = unknown };
    }

    internal override void Encode(AttributeWriter writer)
    {
        if (Id is { } id)
        {
            writer.UInt16(IdAttribute, id);
        }

        writer.Unknown(Unknown);
    }
}
