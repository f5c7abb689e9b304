namespace Net.Netlink.Links;

/// <summary>The settings of a link of kind ipvlan. A setting that is null is not in the message.</summary>
public sealed record IpvlanSettings : LinkData
{
    /// <summary>The kind (IFLA_INFO_KIND).</summary>
    public const string Kind = "ipvlan";

    private const ushort ModeAttribute = 1; // IFLA_IPVLAN_MODE, include/uapi/linux/if_link.h
    private const ushort FlagsAttribute = 2; // IFLA_IPVLAN_FLAGS

    /// <summary>On which layer the links of one parent work.</summary>
    public IpvlanMode? Mode { get; init; }

    /// <summary>How the links of one parent reach each other.</summary>
    public IpvlanFlags? Flags { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    internal static IpvlanSettings Decode(AttributeReader attributes)
    {
        IpvlanMode? mode = null;
        IpvlanFlags? flags = null;
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes)
        {
            switch (attribute.Type)
            {
                case ModeAttribute:
                    mode = (IpvlanMode)attribute.AsUInt16();
                    break;
                case FlagsAttribute:
                    flags = (IpvlanFlags)attribute.AsUInt16();
                    break;
                default:
                    attribute.KeepIn(unknown);
                    break;
            }
        }

        return new IpvlanSettings { Mode = mode, Flags = flags, Unknown = unknown };
    }

    internal override void Encode(AttributeWriter writer)
    {
        if (Mode is { } mode)
        {
            writer.UInt16(ModeAttribute, (ushort)mode);
        }

        if (Flags is { } flags)
        {
            writer.UInt16(FlagsAttribute, (ushort)flags);
        }

        writer.Unknown(Unknown);
    }
}
