using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.Bridges.NftablesFrames;
using static Net.Firewall.Nftables.NftablesStatement;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>The rules of a network without inter-container communication: its containers do not talk to each other, except by links and for
/// address resolution.</summary>
/// <remarks>A frame to a neighbour's Ethernet address is decided on as it arrives, a frame to all as it is forwarded: after br_netfilter's
/// destination NAT, a frame for a published port goes to a neighbour's Ethernet address too, and must pass.</remarks>
internal static class NftablesIsolationRules
{
    private const byte Solicitation = 135;
    private const byte Advertisement = 136;
    private const byte Tcp = 6;
    private const int TcpFlags = 13;
    private const byte Syn = 0x02;
    private const byte SynOrAck = 0x12;

    private static NftablesStatement IsNeighbourDiscovery { get; } =
        NftablesFrames.All(IsIcmpV6, NftablesField.IcmpV6Type.IsBetween("135-136", new[] { Solicitation }, new[] { Advertisement }));

    private static NftablesStatement ToNeighbour { get; } = In(NftablesBridgeSets.ClosedMacs, NftablesField.EtherDestination);

    private static NftablesStatement BetweenClosed { get; } =
        NftablesFrames.All(FromClosed, In(NftablesBridgeSets.Closed, NftablesField.OutputName));

    private static NftablesStatement OpensTcp { get; } = new(
        "meta l4proto tcp tcp flags & (syn | ack) == syn",
        [
            .. NftablesField.Transport.Is("tcp", new[] { Tcp }).Expressions,
            new NftPayload(NftPayloadBase.Transport, TcpFlags, 1),
            new NftAnd(new[] { SynOrAck }),
            new NftCompare(new[] { Syn }),
        ]);

    public static IEnumerable<NftablesRule> All =>
    [
        Arriving("ARP between neighbours", "Addresses are resolved, so that links work.", FromClosed, ToNeighbour, IsArp, Accept),
        Arriving("neighbour discovery between neighbours", "The same by IPv6.", FromClosed, ToNeighbour, IsNeighbourDiscovery, Accept),
        .. Links(FirewallFamily.IPv4, IsIPv4, NftablesBridgeSets.Linked4, "IPv4"),
        .. Links(FirewallFamily.IPv6, IsIPv6, NftablesBridgeSets.Linked6, "IPv6"),
        Arriving("to a neighbour", "Containers of this network may not talk to each other.", FromClosed, ToNeighbour, Drop),
        Passing("ARP to all", "Addresses are resolved, so that links work.", BetweenClosed, IsArp, Accept),
        Passing("neighbour discovery to all", "The same by IPv6.", BetweenClosed, IsNeighbourDiscovery, Accept),
        Passing("to a neighbour", "What goes to one neighbour was decided when it arrived.", BetweenClosed, ToNeighbour, Accept),
        Passing("to all neighbours", "Nothing else goes to all of them, or to an address that is nobody's.", BetweenClosed, Drop),
    ];

    private static IEnumerable<NftablesRule> Links(FirewallFamily family, NftablesStatement isFamily, string set, string name)
    {
        NftablesField source = NftablesField.Source(family);
        NftablesField destination = NftablesField.Destination(family);
        yield return Arriving($"link by {name}", "A link lets one container reach one port of another all the same.",
            FromClosed, isFamily, In(set, source, destination, NftablesField.Transport, NftablesField.DestinationPort), Accept);
        yield return Arriving($"link turned round by {name}", "The container with that port opens no connection from it.",
            FromClosed, isFamily, In(set, destination, source, NftablesField.Transport, NftablesField.SourcePort), OpensTcp, Drop);
        yield return Arriving($"link back by {name}", "And that port answers it.",
            FromClosed, isFamily, In(set, destination, source, NftablesField.Transport, NftablesField.SourcePort), Accept);
    }

    private static NftablesRule Passing(string purpose, string why, params NftablesStatement[] parts) =>
        NftablesRule.Of(NftablesChains.Forward, purpose, why, parts);
}
