using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>Extension methods of a NETLINK_NETFILTER connection that list base chains.</summary>
public static class NftBaseChains
{
    /// <summary>The base chains of all tables of all families.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<NftBaseChainInfo> ListBaseChains(this NetlinkConnection connection) =>
        [.. connection.Dump(new NetlinkRequest(
                NetfilterRequests.Type(NetfilterSubsystem.Nftables, NftOperation.GetChain),
                MessageFlags.None,
                new NetfilterMessage(NetfilterFamily.Unspecified),
                "list chains"))
            .Select(reply => NftBaseChainInfo.Decode(reply.Payload.Span))
            .OfType<NftBaseChainInfo>()];
}
