using System.Net;

using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;
using Net.Netlink.Neighbours;
using Net.Netlink.Routes;

namespace Net.Tests.Unit.Netlink;

/// <summary>Byte-exact comparison with captures of iproute2 6.1.0 (strace -e write=all), without struct nlmsghdr.</summary>
/// <remarks>Where ip leaves NLA_F_NESTED out and this library sets it, the upper byte of the nested type is 80 instead of 00.</remarks>
public sealed class EncodingTests
{
    [Fact]
    public void Bridge_with_settings() => Assert.Equal(
        "00000000000000000000000000000000" + "0900030062722d7400000000"
        + "24001280" + "0a000100627269646765" + "0000" + "14000280" + "08000100c8000000" + "0500170000000000",
        Encoded.Hex(LinkRequests.AddBridge(
            "br-t", new BridgeSettings { MulticastSnooping = false, ForwardDelay = TimeSpan.FromSeconds(2) })));

    [Fact]
    public void Veth_with_its_peer_in_another_namespace() => Assert.Equal(
        "00000000320000000000000000000000" + "0a0001000242ac110002" + "0000" + "0800040078050000" + "08001b0007000000" + "0800030076653000"
        + "4c001280" + "0800010076657468" + "40000280" + "3c000180"
        + "00000000000000000000000000000000" + "0a0001000242ac110003" + "0000" + "0800040078050000" + "08001c0004000000"
        + "090003006574683000000000",
        Encoded.Hex(LinkRequests.AddVeth(
            new LinkMessage
            {
                Header = new LinkHeader(RouteFamily.Unspecified, 0, 50, LinkFlags.None, LinkFlags.None),
                Name = "ve0",
                Address = HardwareAddress.Parse("02:42:ac:11:00:02"),
                Mtu = 1400,
                Group = 7,
            },
            new LinkMessage
            {
                Name = "eth0",
                Address = HardwareAddress.Parse("02:42:ac:11:00:03"),
                Mtu = 1400,
                NamespaceDescriptor = 4,
            })));

    [Fact]
    public void Ipvlan_link_with_mode_and_flags() => Assert.Equal(
        "00000000000000000000000000000000" + "0800050003000000" + "090003006574683000000000"
        + "24001280" + "0a0001006970766c616e0000" + "14000280" + "0600010001000000" + "0600020001000000",
        Encoded.Hex(LinkRequests.Add(new LinkMessage
        {
            Name = "eth0",
            LowerIndex = 3,
            Info = new LinkInfo
            {
                Kind = "ipvlan",
                Data = new IpvlanSettings { Mode = IpvlanMode.L3, Flags = IpvlanFlags.Private },
            },
        })));

    [Fact]
    public void Link_becomes_a_bridge_port() => Assert.Equal(
        "00000000320000000000000000000000" + "08000a0002000000", Encoded.Hex(LinkRequests.SetMaster(50, 2)));

    [Fact]
    public void Link_goes_up() => Assert.Equal("00000000320000000100000001000000", Encoded.Hex(LinkRequests.SetUp(50, true)));

    [Fact]
    public void Alias_has_no_ending_zero() => Assert.Equal(
        "00000000320000000000000000000000" + "0a0014006f776e6572310000", Encoded.Hex(LinkRequests.SetAlias(50, "owner1")));

    [Fact]
    public void Address_generation_mode() => Assert.Equal(
        "00000000320000000000000000000000" + "10001a80" + "0c000a80" + "0500080001000000",
        Encoded.Hex(LinkRequests.SetAddressGeneration(50, AddressGenerationMode.None)));

    [Fact]
    public void Delete_link() => Assert.Equal("00000000320000000000000000000000", Encoded.Hex(LinkRequests.Delete(50)));

    [Fact]
    public void IPv4_address_with_broadcast() => Assert.Equal(
        "0218000032000000" + "08000200c0000201" + "08000400c00002ff" + "08000100c0000201",
        Encoded.Hex(AddressRequests.Add(50, IPAddress.Parse("192.0.2.1"), 24, broadcast: IPAddress.Parse("192.0.2.255"))));

    [Fact]
    public void IPv6_address_without_duplicate_detection() => Assert.Equal(
        "0a40020032000000" + "1400020020010db8000000000000000000000001" + "1400010020010db8000000000000000000000001",
        Encoded.Hex(AddressRequests.Add(50, IPAddress.Parse("2001:db8::1"), 64, AddressFlags.NoDuplicateDetection)));

    [Fact]
    public void Default_route_with_metric() => Assert.Equal(
        "02000000fe03000100000000" + "08000500c6336402" + "0800060064000000" + "0800040002000000",
        Encoded.Hex(RouteRequests.Add(IPNetwork.Parse("0.0.0.0/0"), 2, IPAddress.Parse("198.51.100.2"), metric: 100)));

    [Fact]
    public void Route_in_a_table_above_255() => Assert.Equal(
        "0218000000" + "04fd0100000000" + "08000100cb007100" + "08000f00e8030000" + "0800040002000000",
        Encoded.Hex(RouteRequests.Add(IPNetwork.Parse("203.0.113.0/24"), 2, table: 1000, protocol: RouteProtocol.Static)));

    [Fact]
    public void IPv6_route_by_gateway() => Assert.Equal(
        "0a300000fe03000100000000" + "1400010020010db8000200000000000000000000" + "1400050020010db8000100000000000000000002",
        Encoded.Hex(RouteRequests.Add(IPNetwork.Parse("2001:db8:2::/48"), null, IPAddress.Parse("2001:db8:1::2"))));

    [Fact]
    public void Permanent_neighbour() => Assert.Equal(
        "020000000200000080000000" + "08000100c6336402" + "0a0002000242ac1100090000",
        Encoded.Hex(NeighbourRequests.SetPermanent(2, IPAddress.Parse("198.51.100.2"), HardwareAddress.Parse("02:42:ac:11:00:09"))));

    [Fact]
    public void Header_has_length_type_flags_and_sequence()
    {
        using var buffer = new MessageBuffer();
        NetlinkRequest request = LinkRequests.Delete(50);
        buffer.Append(request.Type, MessageFlags.Request | MessageFlags.Acknowledge, 0x6b028134, request.Message);
        Assert.Equal(
            "2000000011000500" + "3481026b00000000" + "00000000320000000000000000000000", Convert.ToHexStringLower(buffer.Written));
    }
}
