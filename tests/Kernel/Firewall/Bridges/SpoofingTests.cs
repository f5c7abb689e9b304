using System.Diagnostics;
using System.Net;
using Net.Cnm.Firewalls;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;
using PacketDotNet;
using PacketDotNet.Ndp;
using static Net.Tests.Kernel.Firewall.Bridges.Frame;
using static Net.Tests.Kernel.Firewall.Bridges.NeighbourMessage;
using static Net.Tests.Kernel.Firewall.Bridges.Segment;

namespace Net.Tests.Kernel.Firewall.Bridges;

/// <summary>What a container can make its neighbour on the same bridge believe: frame by frame, with frames of its own making.</summary>
public class SpoofingTests
{
    private const string AllNodes = "33:33:00:00:00:01";
    private const string Other = "02:42:00:00:00:09";
    private const string Broadcast = "ff:ff:ff:ff:ff:ff";
    private const OptionTypes Source = OptionTypes.SourceLinkLayerAddress;
    private const OptionTypes Target = OptionTypes.TargetLinkLayerAddress;

    private static readonly (string Name, byte[] Frame)[] Honest =
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

    private static readonly (string Name, byte[] Frame)[] Dishonest =
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

    private static readonly (string Name, byte[] Frame)[] Routers =
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

    [KernelFact]
    public void A_container_speaks_as_itself_only() => HostNamespace.Run(host => Check(host, 0));

    [KernelFact]
    public void A_container_speaks_as_itself_only_when_bridged_packets_pass_iptables() => HostNamespace.Run(host => Check(host, 1));

    [KernelFact]
    public void An_address_on_another_network_may_be_sent_from_and_not_claimed() => HostNamespace.Run(host =>
    {
        using var segment = new Segment(host, 0);
        using NftablesBackend backend = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        (string Name, byte[] Frame)[] sent =
        [
            ("a datagram", IPv4(Mac(2), Mac(1), "172.19.0.2", Address(2), Datagram("x"))),
            ("a datagram by IPv6", IPv6(Mac(2), Mac(1), "fd00:b::2", Address6(2), Datagram("x"))),
        ];
        (string Name, byte[] Frame)[] claims =
        [
            ("an answer", Arp(Mac(1), ArpOperation.Response, Mac(1), "172.19.0.2", Address(2))),
            ("a probe", Arp(Mac(1), ArpOperation.Request, Mac(1), "0.0.0.0", "172.19.0.2")),
            ("an advertisement", IPv6(AllNodes, Mac(1), LinkLocal(1), "ff02::1", Advertisement("fd00:b::2", LinkOption(Target, Mac(1))))),
            ("a probe by IPv6", IPv6("33:33:ff:00:00:02", Mac(1), "::", "ff02::1:ff00:2", Solicitation("fd00:b::2"))),
        ];
        SourcePolicy[] sources =
        [
            .. new[] { "172.19.0.2", "fd00:b::2" }.Select(address =>
                new SourcePolicy { Owner = Endpoint(1).Owner, HostLink = "v-c1", Address = IPAddress.Parse(address) }),
        ];
        backend.Change(new FirewallChange([Endpoint(1), Endpoint(2)], []));
        Assert.Equal([.. sent.Concat(claims).Select(entry => entry.Name)], Stopped(segment, [.. sent, .. claims]));
        backend.Change(new FirewallChange(sources, []));
        Assert.Equal(claims.Select(entry => entry.Name), Stopped(segment, [.. sent, .. claims]));
    });

    [KernelFact]
    public void The_bridge_learns_no_other_address_from_frames_for_bridges() => HostNamespace.Run(host =>
    {
        using var segment = new Segment(host, 0);
        using NftablesBackend backend = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        segment.Send(Ethernet("01:80:c2:00:00:02", Mac(7), 0x8809, new byte[46]));
        segment.Arrive([]);
        Assert.Contains($"{Mac(7)} dev v-c1", Command.Run($"bridge fdb show br {Bridge}"), StringComparison.Ordinal);
        backend.Change(new FirewallChange([Endpoint(1)], []));
        segment.Send(Ethernet("01:80:c2:00:00:02", Mac(8), 0x8809, new byte[46]));
        segment.Arrive([]);
        Assert.DoesNotContain(Mac(8), Command.Run($"bridge fdb show br {Bridge}"), StringComparison.Ordinal);
    });

    [KernelFact]
    public void Groups_are_joined_as_before() => HostNamespace.Run(host =>
    {
        using var segment = new Segment(host, 0);
        using NftablesBackend backend = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        backend.Change(new FirewallChange([Endpoint(1), Endpoint(2)], []));
        const string Join =
            """
            import socket, sys
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.setsockopt(0, 35, socket.inet_aton('239.1.2.3') + socket.inet_aton('172.18.0.2'))
            t = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            t.setsockopt(41, 20, socket.inet_pton(socket.AF_INET6, 'ff05::123') + bytes([0, 0, 0, 0]))
            sys.stdin.read()
            """;

        // It stays in the groups until its input ends: reports are sent after a random delay, and none when it has left before.
        string[] command = ["netns", "exec", "c1", "python3", "-c", Join];
        using Process member = Process.Start(new ProcessStartInfo("ip", command) { RedirectStandardInput = true })!;
        long deadline = Environment.TickCount64 + 15_000;
        string groups = "";
        while (!(groups.Contains("239.1.2.3", StringComparison.Ordinal) && groups.Contains("ff05::123", StringComparison.Ordinal)))
        {
            Assert.True(Environment.TickCount64 < deadline, $"the bridge hears of no groups: {groups}");
            groups = Command.Run("bridge mdb show");
        }

        member.StandardInput.Close();
        member.WaitForExit();
    });

    private static void Check(HostNamespace host, int bridgeNetfilter)
    {
        using var segment = new Segment(host, bridgeNetfilter);
        using NftablesBackend backend = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        (string Name, byte[] Frame)[] all = [.. Honest, .. Dishonest, .. Routers];
        Assert.Equal("", string.Join("; ", Stopped(segment, all)));

        EndpointPolicy loose = Endpoint(1) with { AntiSpoof = false };
        backend.Change(new FirewallChange([loose, Endpoint(2)], []));
        Assert.Equal(Routers.Select(entry => entry.Name), Stopped(segment, all));

        backend.Change(new FirewallChange([Endpoint(1)], [loose]));
        Assert.Equal([.. Dishonest.Select(entry => entry.Name), .. Routers.Select(entry => entry.Name)], Stopped(segment, all));
    }

    private static string[] Stopped(Segment segment, (string Name, byte[] Frame)[] frames)
    {
        bool[] arrived = segment.Arrive([.. frames.Select(entry => entry.Frame)]);
        return [.. frames.Where((_, i) => !arrived[i]).Select(entry => entry.Name)];
    }
}
