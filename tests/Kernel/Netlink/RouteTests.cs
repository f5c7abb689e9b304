using System.Net;
using System.Text.Json;

using Net.Linux;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;
using Net.Netlink.Neighbours;
using Net.Netlink.Routes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Netlink;

public sealed class RouteTests
{
    [KernelFact]
    public void Routes_of_both_families_come_and_go() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        int link = Prepare(route);
        IPAddress gateway = IPAddress.Parse("192.0.2.2");
        NetlinkRequest[] adds =
        [
            RouteRequests.Add(IPNetwork.Parse("0.0.0.0/0"), link, gateway, metric: 100),
            RouteRequests.Add(IPNetwork.Parse("198.51.100.0/24"), link, protocol: RouteProtocol.Static),
            RouteRequests.Add(IPNetwork.Parse("203.0.113.0/24"), link, IPAddress.Parse("10.9.9.9"), onLink: true, table: 1000),
            RouteRequests.Add(IPNetwork.Parse("203.0.113.0/25"), null, type: RouteType.Unreachable),
            RouteRequests.Add(IPNetwork.Parse("::/0"), link, IPAddress.Parse("2001:db8::2")),
            RouteRequests.Add(IPNetwork.Parse("2001:db8:1::/48"), link, preferredSource: IPAddress.Parse("2001:db8::1")),
        ];
        Assert.All(route.Pipeline(adds), static result => result.ThrowIfFailed());

        JsonElement first = Command.Json("ip -j route show default")[0];
        Assert.Equal("192.0.2.2", first.GetProperty("gateway").GetString());
        Assert.Equal(100, first.GetProperty("metric").GetInt32());
        Assert.Equal("br-t", first.GetProperty("dev").GetString());
        JsonElement onLink = Command.Json("ip -j route show 198.51.100.0/24")[0];
        Assert.Equal("link", onLink.GetProperty("scope").GetString());
        Assert.Equal("static", onLink.GetProperty("protocol").GetString());
        Assert.Equal("10.9.9.9", Command.Json("ip -j route show table 1000")[0].GetProperty("gateway").GetString());
        Assert.Equal("unreachable", Command.Json("ip -j -d route show 203.0.113.0/25")[0].GetProperty("type").GetString());
        Assert.Equal("2001:db8::2", Command.Json("ip -6 -j route show default")[0].GetProperty("gateway").GetString());
        Assert.Equal("2001:db8::1", Command.Json("ip -6 -j route show 2001:db8:1::/48")[0].GetProperty("prefsrc").GetString());

        RouteMessage inTable = Assert.Single(route.DumpRoutes(RouteFamily.IPv4, table: 1000));
        Assert.Equal(1000u, inTable.Table);
        Assert.Equal(IPAddress.Parse("203.0.113.0"), inTable.Destination);
        RouteMessage way = RouteMessage.Decode(route.Execute(RouteRequests.Lookup(IPAddress.Parse("8.8.8.8")))[0].Payload.Span);
        Assert.Equal(gateway, way.Gateway);
        route.Execute(RouteRequests.Delete(IPNetwork.Parse("0.0.0.0/0"), link, gateway, 100));
        route.Execute(RouteRequests.Delete(inTable));
        route.Execute(RouteRequests.Delete(IPNetwork.Parse("::/0"), link));
        Assert.Empty(Command.Json("ip -j route show default").EnumerateArray());
        Assert.Empty(Command.Json("ip -j route show table all 203.0.113.0/24").EnumerateArray());
        Assert.Empty(Command.Json("ip -6 -j route show default").EnumerateArray());
        Assert.Equal(
            Errno.NoProcess,
            Assert.Throws<NetlinkException>(() => route.Execute(RouteRequests.Delete(IPNetwork.Parse("0.0.0.0/0"), link))).Errno);
    });

    [KernelFact]
    public void Permanent_neighbours_come_and_go() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        int link = Prepare(route);
        foreach (string text in (string[])["192.0.2.9", "2001:db8::9"])
        {
            IPAddress address = IPAddress.Parse(text);
            HardwareAddress mac = HardwareAddress.Parse("02:42:ac:11:00:09");
            route.Execute(NeighbourRequests.SetPermanent(link, address, mac));
            JsonElement seen = Command.Json($"ip -j neigh show {text}")[0];
            Assert.Equal("02:42:ac:11:00:09", seen.GetProperty("lladdr").GetString());
            Assert.Equal("PERMANENT", seen.GetProperty("state")[0].GetString());
            NeighbourMessage read = Assert.Single(route.DumpNeighbours(linkIndex: link), n => address.Equals(n.Destination));
            Assert.Equal(mac, read.LinkAddress);
            Assert.Equal(NeighbourState.Permanent, read.Header.State);

            route.Execute(NeighbourRequests.Delete(link, address));
            Assert.Equal(
                Errno.NoEntry, Assert.Throws<NetlinkException>(() => route.Execute(NeighbourRequests.Delete(link, address))).Errno);
        }
    });

    private static int Prepare(NetlinkConnection route)
    {
        int link = route.AddLink(LinkRequests.AddBridge("br-t")).Index;
        route.Execute(LinkRequests.SetUp(link, true));
        route.Execute(AddressRequests.Add(link, IPAddress.Parse("192.0.2.1"), 24));
        route.Execute(AddressRequests.Add(link, IPAddress.Parse("2001:db8::1"), 64, AddressFlags.NoDuplicateDetection));
        return link;
    }
}
