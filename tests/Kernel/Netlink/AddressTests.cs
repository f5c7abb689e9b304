using System.Net;
using System.Text.Json;

using Net.Linux;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Netlink;

public sealed class AddressTests
{
    [KernelFact]
    public void Addresses_of_both_families_come_and_go() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        int link = route.AddLink(LinkRequests.AddBridge("br-t")).Index;
        route.Execute(LinkRequests.SetUp(link, true));
        IPAddress v4 = IPAddress.Parse("192.0.2.1");
        IPAddress v6 = IPAddress.Parse("2001:db8::1");
        route.Execute(AddressRequests.Add(link, v4, 24, broadcast: IPAddress.Parse("192.0.2.255")));
        route.Execute(AddressRequests.Add(link, v6, 64, AddressFlags.NoDuplicateDetection | AddressFlags.NoPrefixRoute));

        JsonElement[] seen = Command.Json("ip -j addr show br-t")[0].GetProperty("addr_info").EnumerateArray().ToArray();
        JsonElement seen4 = seen.Single(static a => a.GetProperty("family").GetString() == "inet");
        Assert.Equal("192.0.2.1", seen4.GetProperty("local").GetString());
        Assert.Equal(24, seen4.GetProperty("prefixlen").GetInt32());
        Assert.Equal("192.0.2.255", seen4.GetProperty("broadcast").GetString());
        JsonElement seen6 = seen.Single(static a => a.GetProperty("local").GetString() == "2001:db8::1");
        Assert.True(seen6.GetProperty("nodad").GetBoolean());
        Assert.True(seen6.GetProperty("noprefixroute").GetBoolean());

        IReadOnlyList<AddressMessage> read = route.DumpAddresses(linkIndex: link);
        Assert.Contains(read, address => v4.Equals(address.OwnAddress) && address.Header.PrefixLength == 24);
        Assert.Contains(read, address => v6.Equals(address.OwnAddress) && (address.Flags & AddressFlags.NoPrefixRoute) != 0);
        Assert.Equal(2, route.DumpAddresses(RouteFamily.IPv4).Count); // and 127.0.0.1

        Assert.Equal(Errno.Exists, Assert.Throws<NetlinkException>(() => route.Execute(AddressRequests.Add(link, v4, 24))).Errno);
        route.Execute(AddressRequests.Delete(link, v4, 24));
        route.Execute(AddressRequests.Delete(link, v6, 64));
        Assert.Equal(
            Errno.AddressNotAvailable, Assert.Throws<NetlinkException>(() => route.Execute(AddressRequests.Delete(link, v4, 24))).Errno);
        Assert.DoesNotContain(route.DumpAddresses(linkIndex: link), static address => address.Header.Scope == RouteScope.Universe);
    });
}
