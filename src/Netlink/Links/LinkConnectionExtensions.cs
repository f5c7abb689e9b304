using Net.Linux;

namespace Net.Netlink.Links;

/// <summary>Extension methods of a NETLINK_ROUTE connection that execute link requests and decode the replies.</summary>
public static class LinkConnectionExtensions
{
    /// <summary>Creates a link and returns it as the kernel has it, with its index.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static LinkMessage AddLink(this NetlinkConnection connection, NetlinkRequest add)
    {
        IReadOnlyList<NetlinkReply> replies = connection.Execute(add);
        return FromEcho(replies) ?? connection.GetLink(((LinkMessage)add.Message).Name!)
            ?? throw new NetlinkException($"{add.Operation}: the link was gone at once", Errno.NoDevice);
    }

    /// <summary>The link in the echo of an add request, or null where the kernel does not echo (before 6.2).</summary>
    public static LinkMessage? FromEcho(IReadOnlyList<NetlinkReply> replies)
    {
        foreach (NetlinkReply reply in replies)
        {
            if (reply.Type == (ushort)RouteMessageType.NewLink)
            {
                return LinkMessage.Decode(reply.Payload.Span);
            }
        }

        return null;
    }

    /// <summary>The link of that name or index, or null when there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public static LinkMessage? GetLink(this NetlinkConnection connection, LinkReference link)
    {
        PipelineResult result = connection.Pipeline([LinkRequests.Get(link)])[0];
        return result.Error?.Errno == Errno.NoDevice ? null : FromEcho(result.ThrowIfFailed().Replies);
    }

    /// <summary>The links of the namespace, without attributes that this version does not know.</summary>
    /// <param name="connection">A route connection.</param>
    /// <param name="masterIndex">Only ports of this bridge; null for all.</param>
    /// <param name="kind">Only links of this kind; null for all.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<LinkMessage> DumpLinks(this NetlinkConnection connection, int? masterIndex = null, string? kind = null) =>
        connection.Dump(LinkRequests.Dump(masterIndex, kind), LinkMessage.DecodeKnown);
}
