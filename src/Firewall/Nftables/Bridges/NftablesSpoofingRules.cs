using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.Bridges.NftablesFrames;
using static Net.Firewall.Nftables.NftablesStatement;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>The rules by which a container sends from its own Ethernet and IP addresses only, in frames, packets and ARP.</summary>
internal static class NftablesSpoofingRules
{
    private const ushort EtherTypeVlan = 0x8100;
    private const ushort EtherTypeServiceVlan = 0x88A8;

    // The ARP header of Ethernet and IPv4, with addresses of 6 and 4 bytes. In a message of another form the sender's addresses are
    // elsewhere, where these rules do not look.
    private static readonly byte[] ArpForm = [0, 1, 8, 0, 6, 4];

    private static NftablesField Source4 { get; } = NftablesField.Source(FirewallFamily.IPv4);

    private static NftablesField Source6 { get; } = NftablesField.Source(FirewallFamily.IPv6);

    private static NftablesField ArpLink { get; } = NftablesField.Bytes("arp saddr ether", NftPayloadBase.Network, 8, 6);

    private static NftablesField ArpAddress { get; } = NftablesField.Bytes("arp saddr ip", NftPayloadBase.Network, 14, 4);

    public static IEnumerable<NftablesRule> All =>
    [
        Arriving(
            "own link address",
            "A container sends from its own Ethernet address only.",
            FromGuarded,
            OtherLink(NftablesField.EtherSource),
            Drop),

        // Frames to 01:80:c2:00:00:0x skip prerouting, yet the bridge learns addresses from them.
        NftablesRule.Of(NftablesChains.Input, "own link address", "The bridge learns no other address from frames that are for itself.",
            FromGuarded, OtherLink(NftablesField.EtherSource), Drop),
        Arriving(
            "vlan in vlan",
            "A second tag would hide addresses from these rules.",
            FromGuarded,
            NftablesField.EtherType.Is("8021q", NetworkOrder(EtherTypeVlan)),
            Drop),
        Arriving(
            "service vlan",
            "The same for a service tag.",
            FromGuarded,
            NftablesField.EtherType.Is("8021ad", NetworkOrder(EtherTypeServiceVlan)),
            Drop),
        Arriving("form of ARP", "ARP of another form would hide addresses from these rules.",
            FromGuarded, IsArp, NftablesField.Bytes("@nh,0,48", NftPayloadBase.Network, 0, 6).IsNot("0x000108000604", ArpForm), Drop),
        Arriving(
            "ARP with another link address",
            "A container answers with its own Ethernet address only.",
            FromGuarded,
            IsArp,
            OtherLink(ArpLink),
            Drop),
        Arriving("ARP for another address", "A container claims its own address only; without one it may ask whether its own is free.",
            FromGuarded,
            IsArp,
            ArpAddress.IsNot("0.0.0.0", new byte[4]),
            NotIn(NftablesBridgeSets.Addresses4, NftablesField.InputName, ArpAddress),
            Drop),
        Arriving(
            "another IPv4 address",
            "A container sends from its own addresses only, those on its other networks included, or from none.",
            FromGuarded,
            IsIPv4,
            Source4.IsNot("0.0.0.0", new byte[4]),
            NotIn(NftablesBridgeSets.Addresses4, NftablesField.InputName, Source4),
            NotIn(NftablesBridgeSets.Others4, NftablesField.InputName, Source4),
            Drop),
        Arriving("another IPv6 address", "A container sends from its own addresses only, those on its other networks included.",
            FromGuarded,
            IsIPv6,
            Source6.IsNot("::", new byte[16]),
            NotIn(NftablesBridgeSets.Addresses6, NftablesField.InputName, Source6),
            NotIn(NftablesBridgeSets.Others6, NftablesField.InputName, Source6),
            Drop),
    ];

    private static NftablesStatement OtherLink(NftablesField address) => NotIn(NftablesBridgeSets.Macs, NftablesField.InputName, address);
}
