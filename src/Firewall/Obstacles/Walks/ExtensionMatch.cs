using System.Runtime.InteropServices;
using Net.Netlink.Nftables;

namespace Net.Firewall.Obstacles.Walks;

/// <summary>The conditions of iptables that nf_tables carries in their old form: comment, tcp, udp and conntrack.</summary>
/// <remarks>Wire: NFTA_MATCH_*; struct xt_tcp, struct xt_udp, struct xt_conntrack_mtinfo3 (revision 3), all in host order but for addresses
/// and ports of conntrack. Source: include/uapi/linux/netfilter/nf_tables_compat.h, xt_tcpudp.h, xt_conntrack.h.</remarks>
internal static class ExtensionMatch
{
    private const ushort Name = 1; // NFTA_MATCH_NAME
    private const ushort Revision = 2; // NFTA_MATCH_REV
    private const ushort Info = 3; // NFTA_MATCH_INFO
    private const byte InvertsSource = 1; // XT_TCP_INV_SRCPT, XT_UDP_INV_SRCPT
    private const byte InvertsDestination = 2; // XT_TCP_INV_DSTPT, XT_UDP_INV_DSTPT
    private const int FlagsOffset = 146; // match_flags
    private const ushort StateFlag = 1; // XT_CONNTRACK_STATE
    private const ushort StateAlias = 1 << 13; // XT_CONNTRACK_STATE_ALIAS: written as -m state
    private const byte DestinationPorts = 1; // XT_MULTIPORT_DESTINATION
    private const byte EitherPorts = 2; // XT_MULTIPORT_EITHER
    private const int MostPorts = 15; // XT_MULTI_PORTS
    private const uint InvertsAddress = 2; // XT_ADDRTYPE_INVERT_DEST
    private const ushort Local = 1 << 2; // XT_ADDRTYPE_LOCAL
    private const ushort SourceTranslated = 1 << 6; // XT_CONNTRACK_STATE_SNAT
    private const ushort DestinationTranslated = 1 << 7; // XT_CONNTRACK_STATE_DNAT

    /// <summary>Whether the condition holds for the packet.</summary>
    public static Likelihood Of(NftListedExpression match, PacketAtHook packet)
    {
        ReadOnlySpan<byte> info = (match.Bytes(Info) ?? ReadOnlyMemory<byte>.Empty).Span;
        return match.Text(Name) switch
        {
            "comment" => Likelihood.Yes,
            "tcp" when info.Length >= 12 => info[9] != 0 || info[8] != 0 ? Likelihood.Maybe : Ports(info, info[11], packet),
            "udp" when info.Length >= 9 => Ports(info, info[8], packet),
            "conntrack" when info.Length >= FlagsOffset + 8 && match.Number(Revision) == 3 => State(info[FlagsOffset..], packet),
            "multiport" when info.Length >= 2 + (MostPorts * 3) + 1 && match.Number(Revision) == 1 => SeveralPorts(info, packet),
            "addrtype" when info.Length >= 8 && match.Number(Revision) == 1 => AddressType(info, packet),
            _ => Likelihood.Maybe,
        };
    }

    // struct xt_multiport_v1: which ports, how many, fifteen ports, whether each is the first of a range, whether it is inverted.
    private static Likelihood SeveralPorts(ReadOnlySpan<byte> info, PacketAtHook packet)
    {
        if (info[0] != DestinationPorts || packet.Port is not { } port)
        {
            return info[0] <= EitherPorts ? Likelihood.Maybe : Likelihood.No;
        }

        bool holds = false;
        for (int i = 0; i < Math.Min((int)info[1], MostPorts); i++)
        {
            ushort first = Number(info[(2 + (i * 2))..]);
            bool isRange = info[2 + (MostPorts * 2) + i] != 0;
            ushort last = isRange ? Number(info[(2 + (++i * 2))..]) : first;
            holds |= port >= first && port <= last;
        }

        bool inverted = info[2 + (MostPorts * 3)] != 0;
        return holds != inverted ? Likelihood.Yes : Likelihood.No;
    }

    // struct xt_addrtype_info_v1: the types of the source and of the destination, flags. What is to be translated is for the host itself.
    private static Likelihood AddressType(ReadOnlySpan<byte> info, PacketAtHook packet)
    {
        uint flags = MemoryMarshal.Read<uint>(info[4..]);
        if (Number(info) != 0 || Number(info[2..]) != Local || (flags & ~InvertsAddress) != 0 || !packet.IsForHost)
        {
            return Likelihood.Maybe;
        }

        return (flags & InvertsAddress) == 0 ? Likelihood.Yes : Likelihood.No;
    }

    private static Likelihood Ports(ReadOnlySpan<byte> info, byte inverts, PacketAtHook packet)
    {
        bool anySource = Number(info) == 0 && Number(info[2..]) == ushort.MaxValue && (inverts & InvertsSource) == 0;
        ushort first = Number(info[4..]);
        ushort last = Number(info[6..]);
        bool inverted = (inverts & InvertsDestination) != 0;
        bool anyDestination = first == 0 && last == ushort.MaxValue && !inverted;
        if (!anyDestination && packet.Port is { } port && (port >= first && port <= last) == inverted)
        {
            return Likelihood.No;
        }

        return anySource && (anyDestination || packet.Port is not null) ? Likelihood.Yes : Likelihood.Maybe;
    }

    private static Likelihood State(ReadOnlySpan<byte> flags, PacketAtHook packet)
    {
        if ((Number(flags) & ~StateAlias) != StateFlag || packet.State is not { } state)
        {
            return Likelihood.Maybe;
        }

        bool inverted = (Number(flags[2..]) & StateFlag) != 0;
        ushort mask = Number(flags[4..]);
        bool holds = (mask & (state | (packet.IsTranslated ? DestinationTranslated : 0u))) != 0;
        bool isUnsure = !holds && ((mask & SourceTranslated) != 0 || ((mask & DestinationTranslated) != 0 && state != ConnectionState.New));
        return isUnsure ? Likelihood.Maybe : holds != inverted ? Likelihood.Yes : Likelihood.No;
    }

    private static ushort Number(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<ushort>(bytes);
}
