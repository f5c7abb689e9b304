namespace Net.Netlink.Links;

/// <summary>The settings of a link of kind macvlan. A setting that is null is not in the message.</summary>
public sealed record MacvlanSettings : LinkData
{
    /// <summary>The kind (IFLA_INFO_KIND).</summary>
    public const string Kind = "macvlan";

    private const ushort ModeAttribute = 1; // IFLA_MACVLAN_MODE, include/uapi/linux/if_link.h

    /// <summary>How the links of one parent reach each other.</summary>
    public MacvlanMode? Mode { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    internal static MacvlanSettings Decode(AttributeReader attributes)
    {
        MacvlanMode? mode = null;
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == ModeAttribute)
            {
                mode = (MacvlanMode)attribute.AsUInt32();
            }
            else
            {
                attribute.KeepIn(unknown);
            }
        }

        return new MacvlanSettings { Mode = mode, Unknown = unknown };
    }

    internal override void Encode(AttributeWriter writer)
    {
        if (Mode is { } mode)
        {
            writer.UInt32(ModeAttribute, (uint)mode);
        }

        writer.Unknown(Unknown);
    }
}
