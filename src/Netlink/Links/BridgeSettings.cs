using System.Runtime.InteropServices;

namespace Net.Netlink.Links;

/// <summary>Settings of a bridge (IFLA_INFO_DATA of kind bridge). A setting that is null is not in the message and stays as the kernel has
/// it.</summary>
public sealed record BridgeSettings : LinkData
{
    /// <summary>The kind (IFLA_INFO_KIND), also as the kind of a port's master.</summary>
    public const string Kind = "bridge";

    private const uint NoLinkLocalLearning = 1; // 1 << BR_BOOLOPT_NO_LL_LEARN

    /// <summary>How long a port listens and learns before it forwards, with STP. Steps of 10 ms; the kernel starts with 15 s.</summary>
    public TimeSpan? ForwardDelay { get; init; }

    /// <summary>How long a learned address is kept without traffic. Steps of 10 ms; the kernel starts with 300 s.</summary>
    public TimeSpan? AgeingTime { get; init; }

    /// <summary>Whether the bridge runs the spanning tree protocol; off in a new bridge.</summary>
    public bool? SpanningTree { get; init; }

    /// <summary>Whether the bridge filters by VLAN; off in a new bridge.</summary>
    public bool? VlanFiltering { get; init; }

    /// <summary>Whether the bridge snoops IGMP and MLD; on in a new bridge. With it on and no querier, multicast stops after some
    /// minutes.</summary>
    public bool? MulticastSnooping { get; init; }

    /// <summary>Whether frames inside the bridge pass iptables, whatever the sysctl bridge-nf-call-iptables says.</summary>
    public bool? CallIptables { get; init; }

    /// <summary>Whether frames inside the bridge pass ip6tables, whatever the sysctl bridge-nf-call-ip6tables says.</summary>
    public bool? CallIp6tables { get; init; }

    /// <summary>Whether the bridge learns addresses from link-local frames such as LLDP's, which it does before netfilter sees them; on in
    /// a new bridge (BR_BOOLOPT_NO_LL_LEARN).</summary>
    public bool? LinkLocalLearning { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    internal override void Encode(AttributeWriter writer)
    {
        Hundredths(writer, BridgeAttribute.ForwardDelay, ForwardDelay);
        Hundredths(writer, BridgeAttribute.AgeingTime, AgeingTime);
        if (SpanningTree is { } stp)
        {
            writer.UInt32((ushort)BridgeAttribute.StpState, stp ? 1u : 0u);
        }

        Bool(writer, BridgeAttribute.VlanFiltering, VlanFiltering);
        Bool(writer, BridgeAttribute.MulticastSnooping, MulticastSnooping);
        Bool(writer, BridgeAttribute.CallIptables, CallIptables);
        Bool(writer, BridgeAttribute.CallIp6tables, CallIp6tables);
        if (LinkLocalLearning is { } learning)
        {
            writer.Write(
                (ushort)BridgeAttribute.Options, MemoryMarshal.AsBytes<uint>([learning ? 0 : NoLinkLocalLearning, NoLinkLocalLearning]));
        }

        writer.Unknown(Unknown);
    }

    internal static BridgeSettings Decode(AttributeReader attributes)
    {
        var settings = new BridgeSettings();
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes)
        {
            switch ((BridgeAttribute)attribute.Type)
            {
                case BridgeAttribute.ForwardDelay:
                    settings = settings with { ForwardDelay = FromHundredths(attribute.AsUInt32()) };
                    break;
                case BridgeAttribute.AgeingTime:
                    settings = settings with { AgeingTime = FromHundredths(attribute.AsUInt32()) };
                    break;
                case BridgeAttribute.StpState:
                    settings = settings with { SpanningTree = attribute.AsUInt32() != 0 };
                    break;
                case BridgeAttribute.VlanFiltering:
                    settings = settings with { VlanFiltering = attribute.AsBool() };
                    break;
                case BridgeAttribute.MulticastSnooping:
                    settings = settings with { MulticastSnooping = attribute.AsBool() };
                    break;
                case BridgeAttribute.CallIptables:
                    settings = settings with { CallIptables = attribute.AsBool() };
                    break;
                case BridgeAttribute.CallIp6tables:
                    settings = settings with { CallIp6tables = attribute.AsBool() };
                    break;
                case BridgeAttribute.Options:
                    settings = settings with
                    {
                        LinkLocalLearning = (MemoryMarshal.Read<uint>(attribute.Exactly(2 * sizeof(uint))) & NoLinkLocalLearning) == 0,
                    };
                    break;
                default:
                    attribute.KeepIn(unknown);
                    break;
            }
        }

        return settings with { Unknown = unknown };
    }

    private static TimeSpan FromHundredths(uint value) => TimeSpan.FromTicks(value * (TimeSpan.TicksPerSecond / 100));

    private static void Hundredths(AttributeWriter writer, BridgeAttribute type, TimeSpan? value)
    {
        if (value is { } time)
        {
            writer.UInt32((ushort)type, (uint)(time.Ticks / (TimeSpan.TicksPerSecond / 100)));
        }
    }

    private static void Bool(AttributeWriter writer, BridgeAttribute type, bool? value)
    {
        if (value is { } present)
        {
            writer.Bool((ushort)type, present);
        }
    }
}
