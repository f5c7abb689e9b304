using System.Runtime.InteropServices;

namespace Net.Netlink.Links;

/// <summary>The settings of a link for each address family (IFLA_AF_SPEC).</summary>
/// <remarks>Wire: one nested attribute for each family, its type the AF_* number. The numbers of IFLA_INET_CONF and IFLA_INET6_CONF are s32
/// in host byte order; a later kernel has more of them. Source: inet_fill_link_af in net/ipv4/devinet.c, inet6_fill_ifla6_attrs in
/// net/ipv6/addrconf.c.</remarks>
public sealed record LinkFamilySettings
{
    private const ushort InetConfiguration = 1; // IFLA_INET_CONF
    private const ushort Inet6Flags = 1; // IFLA_INET6_FLAGS
    private const ushort Inet6Configuration = 2; // IFLA_INET6_CONF
    private const ushort Inet6AddressGenerationMode = 8; // IFLA_INET6_ADDR_GEN_MODE

    private int[] _ipv4 = [];
    private int[] _ipv6 = [];

    /// <summary>The state of IPv6 on the link, of which <see cref="IPv6LinkFlags"/> has what this version asks for; null: not in the
    /// message.</summary>
    public IPv6LinkFlags? IPv6Flags { get; init; }

    /// <summary>How the link-local IPv6 address is made; null: not in the message.</summary>
    public AddressGenerationMode? AddressGenerationMode { get; init; }

    /// <summary>Attributes of AF_INET that this version does not know.</summary>
    public IReadOnlyList<UnknownAttribute> UnknownIPv4 { get; init; } = [];

    /// <summary>Attributes of AF_INET6 that this version does not know.</summary>
    public IReadOnlyList<UnknownAttribute> UnknownIPv6 { get; init; } = [];

    /// <summary>The attributes of other families, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    /// <summary>A setting for IPv4; null: not in the message.</summary>
    public int? Find(IPv4LinkSetting setting) => Find(_ipv4, (int)setting - 1);

    /// <summary>A setting for IPv6; null: not in the message, as where the link has no IPv6.</summary>
    public int? Find(IPv6LinkSetting setting) => Find(_ipv6, (int)setting);

    internal void Encode(AttributeWriter writer)
    {
        using NestToken all = writer.Nest((ushort)LinkAttribute.FamilySpecific);
        if (_ipv4.Length > 0 || UnknownIPv4.Count > 0)
        {
            using NestToken inet = writer.Nest((ushort)RouteFamily.IPv4);
            WriteNumbers(writer, InetConfiguration, _ipv4);
            writer.Unknown(UnknownIPv4);
        }

        if (IPv6Flags is not null || AddressGenerationMode is not null || _ipv6.Length > 0 || UnknownIPv6.Count > 0)
        {
            using NestToken inet6 = writer.Nest((ushort)RouteFamily.IPv6);
            if (IPv6Flags is { } flags)
            {
                writer.UInt32(Inet6Flags, (uint)flags);
            }

            if (AddressGenerationMode is { } mode)
            {
                writer.UInt8(Inet6AddressGenerationMode, (byte)mode);
            }

            WriteNumbers(writer, Inet6Configuration, _ipv6);
            writer.Unknown(UnknownIPv6);
        }

        writer.Unknown(Unknown);
    }

    internal static LinkFamilySettings Decode(NetlinkAttribute specific)
    {
        AddressGenerationMode? mode = null;
        IPv6LinkFlags? flags = null;
        int[] ipv4 = [], ipv6 = [];
        var inet = new List<UnknownAttribute>();
        var inet6 = new List<UnknownAttribute>();
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute family in specific.AsNested())
        {
            switch ((RouteFamily)family.Type)
            {
                case RouteFamily.IPv4:
                    foreach (NetlinkAttribute attribute in family.AsNested())
                    {
                        if (attribute.Type == InetConfiguration)
                        {
                            ipv4 = Numbers(attribute);
                        }
                        else
                        {
                            attribute.KeepIn(inet);
                        }
                    }

                    break;
                case RouteFamily.IPv6:
                    foreach (NetlinkAttribute attribute in family.AsNested())
                    {
                        switch (attribute.Type)
                        {
                            case Inet6Flags:
                                flags = (IPv6LinkFlags)attribute.AsUInt32();
                                break;
                            case Inet6AddressGenerationMode:
                                mode = (AddressGenerationMode)attribute.AsUInt8();
                                break;
                            case Inet6Configuration:
                                ipv6 = Numbers(attribute);
                                break;
                            default:
                                attribute.KeepIn(inet6);
                                break;
                        }
                    }

                    break;
                default:
                    family.KeepIn(unknown);
                    break;
            }
        }

        return new LinkFamilySettings
        {
            IPv6Flags = flags,
            AddressGenerationMode = mode,
            _ipv4 = ipv4,
            _ipv6 = ipv6,
            UnknownIPv4 = inet,
            UnknownIPv6 = inet6,
            Unknown = unknown,
        };
    }

    private static int? Find(int[] numbers, int index) => index < numbers.Length ? numbers[index] : null;

    private static int[] Numbers(NetlinkAttribute attribute) => MemoryMarshal.Cast<byte, int>(attribute.Value).ToArray();

    private static void WriteNumbers(AttributeWriter writer, ushort type, int[] numbers)
    {
        if (numbers.Length > 0)
        {
            writer.Write(type, MemoryMarshal.AsBytes<int>(numbers));
        }
    }
}
