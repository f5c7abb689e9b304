using System.Runtime.InteropServices;

namespace Net.Netlink.Links;

/// <summary>The counters of a link since it was made.</summary>
/// <param name="ReceivedPackets">Packets received.</param>
/// <param name="SentPackets">Packets sent.</param>
/// <param name="ReceivedBytes">Bytes received.</param>
/// <param name="SentBytes">Bytes sent.</param>
/// <param name="ReceiveErrors">Packets received with errors.</param>
/// <param name="SendErrors">Packets that could not be sent.</param>
/// <param name="ReceivedDropped">Packets received and dropped.</param>
/// <param name="SentDropped">Packets dropped instead of sent.</param>
/// <remarks>Wire: the beginning of <c>struct rtnl_link_stats64</c>, eight u64 in host byte order, in IFLA_STATS64. Source:
/// include/uapi/linux/if_link.h.</remarks>
public sealed record LinkStatistics(
    ulong ReceivedPackets,
    ulong SentPackets,
    ulong ReceivedBytes,
    ulong SentBytes,
    ulong ReceiveErrors,
    ulong SendErrors,
    ulong ReceivedDropped,
    ulong SentDropped)
{
    private const ushort Statistics64 = 23; // IFLA_STATS64
    private const int Fields = 8;

    /// <summary>Requests the links of a namespace with their counters, which other requests leave out.</summary>
    public static NetlinkRequest Dump() =>
        new((ushort)RouteMessageType.GetLink, MessageFlags.None, new LinkMessage(), "read the counters of the links");

    /// <summary>The counters in a link message; null when it has none.</summary>
    public static LinkStatistics? Of(LinkMessage link)
    {
        foreach (UnknownAttribute attribute in link.Unknown)
        {
            if (attribute.Type == Statistics64 && attribute.Value.Length >= Fields * sizeof(ulong))
            {
                ReadOnlySpan<ulong> f = MemoryMarshal.Cast<byte, ulong>(attribute.Value.Span);
                return new LinkStatistics(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]);
            }
        }

        return null;
    }
}
