namespace Net.Netlink.Links;

/// <summary>The settings of a link for each address family (IFLA_AF_SPEC).</summary>
/// <remarks>Wire: one nested attribute for each family, its type the AF_* number.</remarks>
public sealed record LinkFamilySettings
{
    private const ushort Inet6AddressGenerationMode = 8; // IFLA_INET6_ADDR_GEN_MODE

    /// <summary>How the link-local IPv6 address is made; null: not in the message.</summary>
    public AddressGenerationMode? AddressGenerationMode { get; init; }

    /// <summary>Attributes of AF_INET6 that this version does not know.</summary>
    public IReadOnlyList<UnknownAttribute> UnknownIPv6 { get; init; } = [];

    /// <summary>The attributes of other families, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    internal void Encode(AttributeWriter writer)
    {
        using NestToken all = writer.Nest((ushort)LinkAttribute.FamilySpecific);
        if (AddressGenerationMode is not null || UnknownIPv6.Count > 0)
        {
            using NestToken inet6 = writer.Nest((ushort)RouteFamily.IPv6);
            if (AddressGenerationMode is { } mode)
            {
                writer.UInt8(Inet6AddressGenerationMode, (byte)mode);
            }

            writer.Unknown(UnknownIPv6);
        }

        writer.Unknown(Unknown);
    }

    internal static LinkFamilySettings Decode(NetlinkAttribute specific)
    {
        AddressGenerationMode? mode = null;
        var inet6 = new List<UnknownAttribute>();
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute family in specific.AsNested())
        {
            if (family.Type != (ushort)RouteFamily.IPv6)
            {
                family.KeepIn(unknown);
                continue;
            }

            foreach (NetlinkAttribute attribute in family.AsNested())
            {
                if (attribute.Type == Inet6AddressGenerationMode)
                {
                    mode = (AddressGenerationMode)attribute.AsUInt8();
                }
                else
                {
                    attribute.KeepIn(inet6);
                }
            }
        }

        return new LinkFamilySettings { AddressGenerationMode = mode, UnknownIPv6 = inet6, Unknown = unknown };
    }
}
