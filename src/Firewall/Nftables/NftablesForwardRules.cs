using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.NftablesStatement;

namespace Net.Firewall.Nftables;

/// <summary>The rules for packets that the host routes. The order of the rules matters; that of networks and ports, which are elements of
/// sets, does not.</summary>
/// <remarks>An accept here does not override a drop in another table.</remarks>
internal static class NftablesForwardRules
{
    private const uint StateRelatedOrEstablished = 0x6; // NF_CT_STATE_BIT of established and related
    private const uint StatusTranslated = 0x20; // IPS_DST_NAT
    private const byte Icmp = 1;
    private const byte IcmpV6 = 58;
    private const byte Solicitation = 135;
    private const byte Advertisement = 136;

    /// <summary>The condition that the packet belongs to a connection whose destination was translated: it was sent to a published
    /// port.</summary>
    public static NftablesStatement Translated { get; } = Conntrack("ct status dnat", NftConntrackKey.Status, StatusTranslated);

    /// <summary>The condition that the packet goes into a bridge that is not internal.</summary>
    public static NftablesStatement IntoBridge { get; } = In(NftablesSets.Bridges, NftablesField.OutputName);

    /// <summary>The condition that the packet belongs to a connection that is known, or is about one.</summary>
    public static NftablesStatement Answers { get; } =
        Conntrack("ct state established,related", NftConntrackKey.State, StateRelatedOrEstablished);

    /// <summary>The packet is not a frame that stays in its bridge, which br_netfilter passes to these rules too.</summary>
    private static NftablesStatement IsRouted { get; } = new(
        $"meta mark & 0x{BridgedMark.Bit:x8} == 0",
        new NftMeta(NftMetaKey.Mark),
        new NftAnd(BitConverter.GetBytes(BridgedMark.Bit)),
        new NftCompare(new byte[4]));

    public static IEnumerable<NftablesRule> For(FirewallFamily family)
    {
        NftablesField from = NftablesField.InputName;
        NftablesField to = NftablesField.OutputName;
        NftablesField source = NftablesField.Source(family);
        NftablesField destination = NftablesField.Destination(family);
        NftablesField[] service = [NftablesField.Transport, NftablesField.DestinationPort];
        NftablesStatement withinClosed = In(NftablesSets.Closed, from, to);
        NftablesStatement toGuests = In(NftablesSets.Guests, to);
        return
        [
            Rule("within a network", "Containers of one network may talk to each other.", In(NftablesSets.Inside, from, to), Accept),
            Rule(
                "answers within a closed network",
                "Answers to what was let through pass where containers may not talk to each other.",
                withinClosed,
                Answers,
                Accept),
            Rule("links", "A link lets one container reach one port of another all the same.",
                withinClosed, In(NftablesSets.Linked, [to, source, destination, .. service]), Accept),
            .. family == FirewallFamily.IPv6 ? [NeighbourDiscovery(withinClosed)] : Array.Empty<NftablesRule>(),
            Rule(
                "published to a neighbour",
                "A port that is published can be reached from its own network too.",
                withinClosed,
                Translated,
                Accept),
            Rule("closed within", "Containers of this network may not talk to each other.", withinClosed, Drop),
            Rule("out of internal", "Nothing leaves an internal network.", In(NftablesSets.Internal, from), Drop),
            Rule("into internal", "Nothing enters an internal network.", In(NftablesSets.Internal, to), Drop),
            Rule("answers", "Answers to what a container has asked for come back.", IntoBridge, Answers, Accept),
            Rule("published", "What was sent to a published port goes to its container.", IntoBridge, Translated, Accept),
            Rule("trusted", "A trusted link reaches all ports of the network's containers.", In(NftablesSets.Trusted, from, to), Accept),
            Rule("open port", "In a routed network a published port is reached by the container's own address.",
                In(NftablesSets.Open, [to, destination, .. service]), Accept),
            Rule("open ports", "The same for a run of ports.", In(NftablesSets.OpenRanges, [to, destination, .. service]), Accept),
            Rule("ping", "Containers of a routed network can be pinged.", In(NftablesSets.Routed, to), IsIcmp(family), Accept),
            Rule(
                "unprotected",
                "All ports of an unprotected network can be reached by those who route to them.",
                In(NftablesSets.Unprotected, to),
                Accept),
            Rule("unpublished", "All else into a network is dropped: other networks, and ports that are not published.", IntoBridge, Drop),
            Rule("out", "Containers reach what is outside.", In(NftablesSets.Bridges, from), Accept),
            Rule(
                "out of guests",
                "What containers and virtual machines of other programs send is for the rules of those programs to judge.",
                In(NftablesSets.Guests, from),
                Accept),
            Rule("answers to guests", "Answers to what they have asked for come back.", toGuests, Answers, Accept),
            Rule("published by guests", "What was sent to a port that those programs publish goes there.", toGuests, Translated, Accept),
            Rule("strangers", "Forwarding was turned on for containers only: all else is not forwarded.",
                In(NftablesSets.Strangers, NftablesField.EtherType), IsRouted, Drop),
        ];
    }

    private static NftablesRule Rule(string purpose, string why, params NftablesStatement[] parts) =>
        NftablesRule.Of(NftablesChains.Forward, purpose, why, parts);

    // This rule matters only where br_netfilter passes bridged packets to these rules: neighbour discovery is never routed.
    private static NftablesRule NeighbourDiscovery(NftablesStatement withinClosed) => Rule(
        "neighbour discovery", "Addresses are resolved in a closed network too, so that links work.",
        withinClosed,
        IsIcmp(FirewallFamily.IPv6),
        NftablesField.IcmpV6Type.IsBetween("135-136", new[] { Solicitation }, new[] { Advertisement }),
        Accept);

    private static NftablesStatement IsIcmp(FirewallFamily family) => family == FirewallFamily.IPv4
        ? NftablesField.Transport.Is("icmp", new[] { Icmp })
        : NftablesField.Transport.Is("ipv6-icmp", new[] { IcmpV6 });

    private static NftablesStatement Conntrack(string text, NftConntrackKey key, uint bits) =>
        new(text, new NftConntrack(key), new NftAnd(BitConverter.GetBytes(bits)), new NftCompare(new byte[4], NftComparison.NotEqual));
}
