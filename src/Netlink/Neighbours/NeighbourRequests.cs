using System.Net;
using System.Net.Sockets;

namespace Net.Netlink.Neighbours;

/// <summary>Builds the requests about neighbours, to be executed alone or pipelined.</summary>
public static class NeighbourRequests
{
    /// <summary>Sets a permanent neighbour entry: the kernel never resolves it again, never garbage-collects it and does not count it in
    /// gc_thresh3. Replaces an existing entry.</summary>
    public static NetlinkRequest SetPermanent(int linkIndex, IPAddress address, HardwareAddress linkAddress) => new(
        (ushort)RouteMessageType.NewNeighbour,
        MessageFlags.Create | MessageFlags.Replace,
        new NeighbourMessage
        {
            Header = new NeighbourHeader(FamilyOf(address), linkIndex, NeighbourState.Permanent, NeighbourFlags.None),
            Destination = address,
            LinkAddress = linkAddress,
        },
        $"set neighbour {address} on link {linkIndex}");

    /// <summary>Deletes a neighbour. NoEntry: there is no such neighbour.</summary>
    public static NetlinkRequest Delete(int linkIndex, IPAddress address) => new(
        (ushort)RouteMessageType.DeleteNeighbour,
        MessageFlags.None,
        new NeighbourMessage
        {
            Header = new NeighbourHeader(FamilyOf(address), linkIndex, NeighbourState.None, NeighbourFlags.None),
            Destination = address,
        },
        $"delete neighbour {address} of link {linkIndex}");

    /// <summary>Requests the neighbours of a namespace.</summary>
    /// <param name="family">Unspecified for both.</param>
    /// <param name="linkIndex">Only those on one link; null for all.</param>
    public static NetlinkRequest Dump(RouteFamily family = RouteFamily.Unspecified, int? linkIndex = null) => new(
        (ushort)RouteMessageType.GetNeighbour,
        MessageFlags.None,
        new NeighbourDump(family, linkIndex),
        "list neighbours");

    /// <summary>Requests the tables of neighbours.</summary>
    public static NetlinkRequest DumpTables() => new(
        (ushort)RouteMessageType.GetNeighbourTable, MessageFlags.None, new TableDump(), "list neighbour tables");

    private static RouteFamily FamilyOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? RouteFamily.IPv4 : RouteFamily.IPv6;

    private sealed record TableDump : INetlinkMessage
    {
        public void Encode(AttributeWriter writer) => writer.Struct(4); // struct ndtmsg: of all families
    }

    // Strict checking (NETLINK_GET_STRICT_CHK) requires the link of a dump in NDA_IFINDEX, not in the header.
    private sealed record NeighbourDump(RouteFamily Family, int? LinkIndex) : INetlinkMessage
    {
        private const ushort InterfaceIndex = 8; // NDA_IFINDEX

        public void Encode(AttributeWriter writer)
        {
            new NeighbourHeader(Family, 0, NeighbourState.None, NeighbourFlags.None).Encode(writer);
            if (LinkIndex is { } index)
            {
                writer.Int32(InterfaceIndex, index);
            }
        }
    }
}
