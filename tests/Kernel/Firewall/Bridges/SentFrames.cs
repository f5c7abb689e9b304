using PacketDotNet;
using PacketDotNet.Ndp;
using static Net.Tests.Kernel.Firewall.Bridges.Frame;
using static Net.Tests.Kernel.Firewall.Bridges.NeighbourMessage;
using static Net.Tests.Kernel.Firewall.Bridges.Segment;

namespace Net.Tests.Kernel.Firewall.Bridges;

/// <summary>What container 1 of a bridge may send to its neighbour, container 2, and what it may not, with the addresses of
/// <see cref="Segment"/>.</summary>
internal static class SentFrames
{
    /// <summary>The Ethernet address of the group of all IPv6 nodes.</summary>
    public const string AllNodes = "33:33:00:00:00:01";
    private const string Other = "02:42:00:00:00:09";
    private const string Broadcast = "ff:ff:ff:ff:ff:ff";
    /// <summary>The option with the sender's Ethernet address (RFC 4861 4.6.1).</summary>
    public const OptionTypes Source = OptionTypes.SourceLinkLayerAddress;
    /// <summary>The option with the Ethernet address of whom a message tells.</summary>
    public const OptionTypes Target = OptionTypes.TargetLinkLayerAddress;

    /// <summary>Frames that it may send.</summary>
    public static readonly (string Name, byte[] Frame)[] Honest =
    [
        ("a datagram", IPv4(Mac(2), Mac(1), Address(1), Address(2), Datagram("x"))),
        ("a datagram by IPv6", IPv6(Mac(2), Mac(1), Address6(1), Address6(2), Datagram("x"))),
        ("a datagram from the link-local address", IPv6(Mac(2), Mac(1), LinkLocal(1), LinkLocal(2), Datagram("x"))),
        ("a question for an address", Arp(Mac(1), ArpOperation.Request, Mac(1), Address(1), Address(2))),
        ("a probe whether an address is free", Arp(Mac(1), ArpOperation.Request, Mac(1), "0.0.0.0", Address(1))),
        ("an answer", Arp(Mac(1), ArpOperation.Response, Mac(1), Address(1), Address(2))),
        ("a question for a lease", IPv4(Broadcast, Mac(1), "0.0.0.0", "255.255.255.255", Datagram(68, 67, [1]))),
        ("a solicitation",
            IPv6("33:33:ff:00:00:03", Mac(1), Address6(1), "ff02::1:ff00:3", Solicitation(Address6(2), LinkOption(Source, Mac(1))))),
        ("a solicitation without option", IPv6(Mac(2), Mac(1), Address6(1), Address6(2), Solicitation(Address6(2)))),
        ("a probe by IPv6", IPv6("33:33:ff:00:00:02", Mac(1), "::", "ff02::1:ff00:2", Solicitation(Address6(1), Nonce))),
        ("a probe of the link-local address", IPv6("33:33:ff:00:00:01", Mac(1), "::", "ff02::1:ff00:1", Solicitation(LinkLocal(1)))),
        ("a report of groups before there is an address", BehindHopByHop("33:33:00:00:00:16", Mac(1), "::", "ff02::16", GroupReport())),
        ("an advertisement", IPv6(Mac(2), Mac(1), Address6(1), Address6(2), Advertisement(Address6(1), LinkOption(Target, Mac(1))))),
        ("an advertisement of the link-local address",
            IPv6(AllNodes, Mac(1), LinkLocal(1), "ff02::1", Advertisement(LinkLocal(1), LinkOption(Target, Mac(1))))),
        ("a router solicitation", IPv6(AllNodes, Mac(1), LinkLocal(1), "ff02::1", RouterSolicitation(LinkOption(Source, Mac(1))))),
        ("a ping in a fragment", Fragmented(Mac(2), Mac(1), Address6(1), Address6(2), Ping())),
        ("a later fragment of a ping", LaterFragment(Mac(2), Mac(1), Address6(1), Address6(2), 1, [1, 2, 3, 4])),
        ("a ping behind a header", BehindHopByHop(Mac(2), Mac(1), Address6(1), Address6(2), Ping())),
        ("a priority tag",
            Tagged(IPv4(Mac(2), Mac(1), Address(1), Address(2), Datagram("tag")), priority: IeeeP8021PPriority.NetworkControl)),
        ("another protocol", Ethernet(Mac(2), Mac(1), 0x88B5, [1, 2, 3, 4])),
    ];

    /// <summary>Frames by which it would speak as another.</summary>
    public static readonly (string Name, byte[] Frame)[] Dishonest =
    [
        ("another Ethernet address", IPv4(Mac(2), Other, Address(1), Address(2), Datagram("x"))),
        ("another protocol's frame from another Ethernet address", Ethernet(Mac(2), Other, 0x88B5, [1, 2, 3, 4])),
        ("another IPv4 address", IPv4(Mac(2), Mac(1), "172.18.0.9", Address(2), Datagram("x"))),
        ("another IPv4 address behind a priority tag",
            Tagged(IPv4(Mac(2), Mac(1), "172.18.0.9", Address(2), Datagram("priority")), priority: IeeeP8021PPriority.NetworkControl)),
        ("another IPv4 address in a VLAN",
            Tagged(IPv4(Mac(2), Mac(1), "172.18.0.9", Address(2), Datagram("vlan")), vlan: 5)),
        ("a tag in a tag",
            Tagged(Tagged(IPv4(Mac(2), Mac(1), "172.18.0.9", Address(2), Datagram("two"))))),
        ("a tag in a service tag",
            Tagged(Tagged(IPv4(Mac(2), Mac(1), "172.18.0.9", Address(2), Datagram("service"))), type: EthernetType.ProviderBridging)),
        ("another IPv6 address", IPv6(Mac(2), Mac(1), Address6(7), Address6(2), Datagram("x"))),
        ("another link-local address", IPv6(Mac(2), Mac(1), "fe80::7", LinkLocal(2), Datagram("x"))),
        ("no IPv6 address to a neighbour", IPv6(Mac(2), Mac(1), "::", Address6(2), Datagram("x"))),
        ("a probe of a neighbour's link-local address",
            IPv6("33:33:ff:00:00:02", Mac(1), "::", "ff02::1:ff00:2", Solicitation(LinkLocal(2), Nonce))),
        ("a probe of a neighbour's address", IPv6("33:33:ff:00:00:03", Mac(1), "::", "ff02::1:ff00:3", Solicitation(Address6(2)))),
        ("a probe of the gateway's link-local address",
            IPv6("33:33:ff:00:00:fe", Mac(1), "::", "ff02::1:ff00:fe", Solicitation("fe80::42:ff:fe00:fe"))),
        ("a datagram to all from no IPv6 address", IPv6(AllNodes, Mac(1), "::", "ff02::1", Datagram("x"))),
        ("a connection to all from no IPv6 address", IPv6(AllNodes, Mac(1), "::", "ff02::1", TcpSegment(7000, 7000))),
        ("a ping to all from no IPv6 address", IPv6(AllNodes, Mac(1), "::", "ff02::1", Ping())),
        ("a router solicitation from no IPv6 address", IPv6(AllNodes, Mac(1), "::", "ff02::1", RouterSolicitation())),
        ("an advertisement from no IPv6 address", IPv6(AllNodes, Mac(1), "::", "ff02::1", Advertisement(Address6(1)))),
        ("a later fragment from no IPv6 address", LaterFragment(AllNodes, Mac(1), "::", "ff02::1", 1, [1, 2, 3, 4])),
        ("a datagram from no IPv4 address", IPv4(Broadcast, Mac(1), "0.0.0.0", "255.255.255.255", Datagram("x"))),
        ("a question for a lease to a neighbour", IPv4(Mac(2), Mac(1), "0.0.0.0", Address(2), Datagram(68, 67, [1]))),
        ("a connection from no IPv4 address", IPv4(Mac(2), Mac(1), "0.0.0.0", Address(2), TcpSegment(7000, 7000))),
        ("a ping from no IPv4 address", IPv4(Mac(2), Mac(1), "0.0.0.0", Address(2), Icmp(IcmpV4TypeCode.EchoRequest))),
        ("a later fragment from no IPv4 address", LaterFragment(IPv4(Broadcast, Mac(1), "0.0.0.0", "255.255.255.255", Datagram("later")))),
        ("a probe whether a neighbour's address is free", Arp(Mac(1), ArpOperation.Request, Mac(1), "0.0.0.0", Address(2))),
        ("a probe whether the gateway's address is free", Arp(Mac(1), ArpOperation.Request, Mac(1), "0.0.0.0", "172.18.0.1")),
        ("an answer for the gateway", Arp(Mac(1), ArpOperation.Response, Mac(1), "172.18.0.1", Address(2))),
        ("a question as the gateway", Arp(Mac(1), ArpOperation.Request, Mac(1), "172.18.0.1", Address(2))),
        ("an answer with another Ethernet address", Arp(Mac(1), ArpOperation.Response, Other, Address(1), Address(2))),
        ("an answer for the gateway as of another sort of link",
            Arp(Mac(1), ArpOperation.Response, Mac(1), "172.18.0.1", Address(2), LinkLayers.Ieee8025)),
        ("an answer for the gateway behind a priority tag",
            Tagged(Arp(Mac(1), ArpOperation.Response, Mac(1), "172.18.0.1", "172.18.0.77"))),
        ("an advertisement for another",
            IPv6(AllNodes, Mac(1), Address6(1), "ff02::1", Advertisement(Address6(7), LinkOption(Target, Mac(1))))),
        ("an advertisement with another Ethernet address",
            IPv6(AllNodes, Mac(1), Address6(1), "ff02::1", Advertisement(Address6(1), LinkOption(Target, Other)))),
        ("an advertisement with the wrong option",
            IPv6(AllNodes, Mac(1), Address6(1), "ff02::1", Advertisement(Address6(1), LinkOption(Source, Mac(1))))),
        ("an advertisement with two options",
            IPv6(AllNodes, Mac(1), Address6(1), "ff02::1",
                Advertisement(Address6(1), LinkOption(Target, Mac(1)), LinkOption(Target, Other)))),
        ("an advertisement for another behind a header",
            BehindOptions(AllNodes, Mac(1), Address6(1), "ff02::1", Advertisement(Address6(7), LinkOption(Target, Mac(1))))),
        ("an advertisement behind a header", BehindOptions(AllNodes, Mac(1), Address6(1), "ff02::1", Advertisement(Address6(1)))),
        ("an advertisement in a fragment", Fragmented(AllNodes, Mac(1), Address6(1), "ff02::1", Advertisement(Address6(1)))),
        ("a solicitation with another Ethernet address",
            IPv6(AllNodes, Mac(1), Address6(1), "ff02::1", Solicitation(Address6(2), LinkOption(Source, Other)))),
        ("a router solicitation with another Ethernet address",
            IPv6(AllNodes, Mac(1), LinkLocal(1), "ff02::1", RouterSolicitation(LinkOption(Source, Other)))),
        ("a router solicitation with two options",
            IPv6(AllNodes, Mac(1), LinkLocal(1), "ff02::1", RouterSolicitation(LinkOption(Source, Mac(1)), LinkOption(Source, Other)))),
        ("headers that end in the first fragment", CutInHeaders(AllNodes, Mac(1), Address6(1), "ff02::1")),
    ];

    /// <summary>Frames that routers alone send.</summary>
    public static readonly (string Name, byte[] Frame)[] Routers =
    [
        ("a router advertisement", IPv6(AllNodes, Mac(1), LinkLocal(1), "ff02::1", RouterAdvertisement())),
        ("a router advertisement behind a header", BehindOptions(AllNodes, Mac(1), LinkLocal(1), "ff02::1", RouterAdvertisement())),
        ("a router advertisement behind a hop-by-hop header",
            BehindHopByHop(AllNodes, Mac(1), LinkLocal(1), "ff02::1", RouterAdvertisement())),
        ("a router advertisement in a fragment", Fragmented(AllNodes, Mac(1), LinkLocal(1), "ff02::1", RouterAdvertisement())),
        ("a router advertisement behind a priority tag",
            Tagged(IPv6(AllNodes, Mac(1), LinkLocal(1), "ff02::1", RouterAdvertisement(LinkOption(Source, Mac(1)))))),
        ("a redirect by IPv6", IPv6(Mac(2), Mac(1), LinkLocal(1), Address6(2), Redirect(LinkLocal(1), "2001:db8::9"))),
        ("a redirect", IPv4(Mac(2), Mac(1), Address(1), Address(2), Icmp(IcmpV4TypeCode.RedirectHost))),
    ];
}
