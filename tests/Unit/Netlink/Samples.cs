using System.Net;

using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Conntrack;
using Net.Netlink.Links;
using Net.Netlink.Neighbours;
using Net.Netlink.Netfilter;
using Net.Netlink.Routes;

namespace Net.Tests.Unit.Netlink;

/// <summary>One full message of each kind, unknown attributes too.</summary>
internal static class Samples
{
    private static readonly UnknownAttribute[] Extra = [new(0x0999, new byte[] { 1, 2, 3 }), new(0x8998, new byte[] { 4, 0, 1, 0 })];

    internal static LinkMessage Link() => new()
    {
        Header = new LinkHeader(RouteFamily.Unspecified, 1, 5, LinkFlags.Up | LinkFlags.Running, LinkFlags.Up),
        Name = "br-1",
        Address = HardwareAddress.Parse("02:42:ac:11:00:01"),
        Broadcast = HardwareAddress.Parse("ff:ff:ff:ff:ff:ff"),
        Mtu = 1500,
        LowerIndex = 4,
        MasterIndex = 3,
        TransmitQueueLength = 1000,
        OperationalState = OperationalState.Up,
        Alias = "owner é",
        Group = 9,
        LinkNamespaceId = -1,
        Info = new LinkInfo
        {
            Kind = "bridge",
            Data = new BridgeSettings
            {
                LinkLocalLearning = false,
                ForwardDelay = TimeSpan.FromSeconds(15),
                AgeingTime = TimeSpan.FromSeconds(300),
                SpanningTree = true,
                VlanFiltering = false,
                MulticastSnooping = true,
                CallIptables = false,
                CallIp6tables = true,
                Unknown = Extra,
            },
            PortKind = "bridge",
            PortData = new BridgePortSettings
            {
                Hairpin = true,
                Isolated = false,
                Learning = true,
                UnicastFlood = true,
                MulticastFlood = false,
                NeighbourSuppress = false,
                Unknown = Extra,
            },
            Unknown = Extra,
        },
        FamilySettings = new LinkFamilySettings
        {
            AddressGenerationMode = AddressGenerationMode.None,
            UnknownIPv6 = Extra,
            Unknown = Extra,
        },
        Unknown = Extra,
    };

    internal static AddressMessage Address() => new()
    {
        Header = new AddressHeader(RouteFamily.IPv4, 24, AddressFlags.Permanent, RouteScope.Universe, 5),
        Local = IPAddress.Parse("192.0.2.1"),
        Address = IPAddress.Parse("192.0.2.2"),
        Broadcast = IPAddress.Parse("192.0.2.255"),
        Label = "br-1:0",
        Flags = AddressFlags.Permanent | AddressFlags.NoPrefixRoute,
        RoutePriority = 5,
        Unknown = Extra,
    };

    internal static RouteMessage Route() => new()
    {
        Header = new RouteHeader(
            RouteFamily.IPv6, 48, 0, 0, 0, RouteProtocol.Static, RouteScope.Universe, RouteType.Unicast, RouteFlags.OnLink),
        Destination = IPAddress.Parse("2001:db8:1::"),
        Gateway = IPAddress.Parse("fe80::1"),
        OutputInterfaceIndex = 5,
        Metric = 1024,
        PreferredSource = IPAddress.Parse("2001:db8::1"),
        TableId = 1000,
        Unknown = Extra,
    };

    internal static NeighbourMessage Neighbour() => new()
    {
        Header = new NeighbourHeader(RouteFamily.IPv4, 5, NeighbourState.Permanent, NeighbourFlags.Router, 1),
        Destination = IPAddress.Parse("192.0.2.9"),
        LinkAddress = HardwareAddress.Parse("02:42:ac:11:00:09"),
        Unknown = Extra,
    };

    internal static ConntrackMessage Conntrack() => new()
    {
        Header = new NetfilterHeader(NetfilterFamily.IPv4),
        Original = new ConntrackTuple
        {
            Source = IPAddress.Parse("192.0.2.2"),
            Destination = IPAddress.Parse("192.0.2.1"),
            Protocol = 17,
            SourcePort = 40000,
            DestinationPort = 5353,
            UnknownProtocol = Extra,
            Unknown = Extra,
        },
        Reply = new ConntrackTuple { Source = IPAddress.Parse("2001:db8::2"), SourcePort = 53 },
        Id = 7,
        Zone = 9,
        Unknown = Extra,
    };
}
