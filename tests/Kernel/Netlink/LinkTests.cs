using System.Text.Json;

using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Netlink;

public sealed class LinkTests
{
    [KernelFact]
    public void Added_bridge_is_seen_by_ip_with_its_settings() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        LinkMessage made = route.AddLink(LinkRequests.AddBridge(
            "br-t",
            new BridgeSettings { MulticastSnooping = false, ForwardDelay = TimeSpan.FromSeconds(2) },
            HardwareAddress.Parse("02:42:ac:11:00:01"),
            mtu: 1400,
            group: 7));

        route.Execute(LinkRequests.SetAlias("br-t", "owner 1"));

        JsonElement link = Command.Json("ip -j -d link show br-t")[0];
        Assert.Equal(link.GetProperty("ifindex").GetInt32(), made.Index);
        Assert.Equal("02:42:ac:11:00:01", link.GetProperty("address").GetString());
        Assert.Equal(1400, link.GetProperty("mtu").GetInt32());
        Assert.Equal("owner 1", link.GetProperty("ifalias").GetString());
        Assert.Equal("7", link.GetProperty("group").GetString());
        JsonElement data = link.GetProperty("linkinfo").GetProperty("info_data");
        Assert.Equal(0, data.GetProperty("mcast_snooping").GetInt32());
        Assert.Equal(200, data.GetProperty("forward_delay").GetInt32());
        Assert.Equal(0, data.GetProperty("stp_state").GetInt32());

        NetlinkException error = Assert.Throws<NetlinkException>(() => route.Execute(LinkRequests.AddBridge("br-t")));
        Assert.Equal(Errno.Exists, error.Errno);
    });
}
