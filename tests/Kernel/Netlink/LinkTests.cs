using System.Text.Json;

using Net.Kernel.Sysctls;
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
            new BridgeSettings { MulticastSnooping = false, ForwardDelay = TimeSpan.FromSeconds(2), CallIptables = true },
            HardwareAddress.Parse("02:42:ac:11:00:01"),
            mtu: 1400,
            group: 7,
            index: 1234));
        route.Execute(LinkRequests.SetAlias("br-t", "owner 1"));

        JsonElement link = Ip.Link("br-t");
        Assert.Equal(1234, made.Index);
        Assert.Equal(1234, link.GetProperty("ifindex").GetInt32());
        Assert.Equal("02:42:ac:11:00:01", link.GetProperty("address").GetString());
        Assert.Equal(1400, link.GetProperty("mtu").GetInt32());
        Assert.Equal("owner 1", link.GetProperty("ifalias").GetString());
        Assert.Equal("7", link.GetProperty("group").GetString());
        JsonElement data = link.GetProperty("linkinfo").GetProperty("info_data");
        Assert.Equal(0, data.GetProperty("mcast_snooping").GetInt32());
        Assert.Equal(200, data.GetProperty("forward_delay").GetInt32());
        Assert.Equal(0, data.GetProperty("stp_state").GetInt32());
        Assert.Equal(1, data.GetProperty("nf_call_iptables").GetInt32());

        LinkMessage read = route.GetLink("br-t")!;
        Assert.Equal("owner 1", read.Alias);
        BridgeSettings settings = Assert.IsType<BridgeSettings>(read.Info!.Data);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.ForwardDelay);
        Assert.False(settings.MulticastSnooping);
        Assert.Equal(Errno.Exists, Assert.Throws<NetlinkException>(() => route.Execute(LinkRequests.AddBridge("br-t"))).Errno);

        route.Execute(LinkRequests.Delete("br-t"));
        Assert.Null(route.GetLink("br-t"));
        Assert.Single(Command.Json("ip -j link show").EnumerateArray());
    });

    [KernelFact]
    public void Veth_pair_is_made_across_namespaces_as_a_bridge_port_in_one_send() => HostNamespace.Run(static host =>
    {
        using NetworkNamespace inner = host.NewNamespace("c1");
        using NetlinkConnection route = host.OpenRoute();
        IReadOnlyList<PipelineResult> results = route.Pipeline(
        [
            LinkRequests.AddBridge("br-t", index: 100),
            LinkRequests.SetUp("br-t", true),
            LinkRequests.AddVeth(
                new LinkMessage { Name = "ve1", Mtu = 1400, MasterIndex = 100 },
                new LinkMessage
                {
                    Name = "eth0",
                    Mtu = 1400,
                    Address = HardwareAddress.Parse("02:42:ac:11:00:02"),
                    NamespaceDescriptor = inner.Descriptor,
                }),
            LinkRequests.SetAlias("ve1", "ep 1"),
            LinkRequests.SetAddressGeneration("ve1", AddressGenerationMode.None),
            LinkRequests.SetBridgePort("ve1", new BridgePortSettings { Hairpin = true, Isolated = true }),
            LinkRequests.SetUp("ve1", true),
        ]);
        Assert.All(results, static result => result.ThrowIfFailed());

        JsonElement near = Ip.Link("ve1");
        Assert.Equal("br-t", near.GetProperty("master").GetString());
        Assert.Equal("ep 1", near.GetProperty("ifalias").GetString());
        Assert.Equal("none", near.GetProperty("inet6_addr_gen_mode").GetString());
        JsonElement port = near.GetProperty("linkinfo").GetProperty("info_slave_data");
        Assert.True(port.GetProperty("hairpin").GetBoolean());
        Assert.True(port.GetProperty("isolated").GetBoolean());
        JsonElement far = Command.Json("ip -n c1 -j -d link show eth0")[0];
        Assert.Equal("02:42:ac:11:00:02", far.GetProperty("address").GetString());
        Assert.Equal(1400, far.GetProperty("mtu").GetInt32());
        Assert.Equal("veth", far.GetProperty("linkinfo").GetProperty("info_kind").GetString());

        LinkMessage echoed = LinkConnectionExtensions.FromEcho(results[2].Replies)!;
        Assert.Equal(near.GetProperty("ifindex").GetInt32(), echoed.Index);
        LinkMessage seen = Assert.Single(route.DumpLinks(masterIndex: 100));
        Assert.Equal("ve1", seen.Name);
        Assert.True(Assert.IsType<BridgePortSettings>(seen.Info!.PortData).Hairpin);
        Assert.Equal(AddressGenerationMode.None, seen.FamilySettings!.AddressGenerationMode);
        Assert.Equal(["ve1"], route.DumpLinks(kind: "veth").Select(static link => link.Name));

        using NetlinkConnection inside = host.OpenRoute(inner);
        Assert.Equal(["lo", "eth0"], inside.DumpLinks().Select(static link => link.Name));
    });

    [KernelFact]
    public void Link_is_renamed_changed_and_moved() => HostNamespace.Run(static host =>
    {
        using NetworkNamespace inner = host.NewNamespace("c1");
        using NetlinkConnection route = host.OpenRoute();
        LinkMessage made = route.AddLink(LinkRequests.AddVeth(new LinkMessage { Name = "a" }, new LinkMessage { Name = "b" }));
        route.Execute(LinkRequests.Rename(made.Index, "grave"));
        route.Execute(LinkRequests.Change(new LinkMessage
        {
            Header = new LinkHeader(RouteFamily.Unspecified, 0, made.Index, LinkFlags.None, LinkFlags.None),
            Mtu = 1300,
            Address = HardwareAddress.Parse("02:00:00:00:00:01"),
            Group = 66,
        }));
        JsonElement link = Ip.Link("grave");
        Assert.Equal(1300, link.GetProperty("mtu").GetInt32());
        Assert.Equal("02:00:00:00:00:01", link.GetProperty("address").GetString());
        Assert.Equal("66", link.GetProperty("group").GetString());

        int peer = route.GetLink("b")!.Index;
        route.Execute(LinkRequests.Move(peer, inner.Descriptor, "eth7"));
        Assert.Null(route.GetLink("b"));
        Assert.Equal("eth7", Command.Json("ip -n c1 -j link show eth7")[0].GetProperty("ifname").GetString());
        Assert.NotNull(route.GetLink("grave")!.LinkNamespaceId);
    });

    [KernelFact]
    public void Links_of_a_group_are_deleted_in_one_request() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        NetlinkRequest[] adds = Enumerable.Range(0, 300)
            .Select(static i => LinkRequests.AddVeth(new LinkMessage { Name = $"v{i}", Group = 77 }, new LinkMessage { Name = $"p{i}" }))
            .ToArray();
        Assert.All(route.Pipeline(adds), static result => result.ThrowIfFailed());
        Assert.Equal(601, route.DumpLinks().Count);

        route.Execute(LinkRequests.DeleteGroup(77));
        Assert.Single(route.DumpLinks());
        Assert.Equal(Errno.NoDevice, Assert.Throws<NetlinkException>(() => route.Execute(LinkRequests.DeleteGroup(77))).Errno);
    });

    [KernelFact]
    public void Refused_request_carries_the_kernels_own_sentence_and_the_others_go_on() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        IReadOnlyList<PipelineResult> results = route.Pipeline(
        [
            LinkRequests.AddBridge("ok1"),
            LinkRequests.AddBridge("name-that-is-too-long"),
            LinkRequests.Change(new LinkMessage { Name = "ok1", Mtu = 10 }),
            LinkRequests.AddBridge("ok2"),
        ]);
        Assert.Null(results[0].Error);
        Assert.Equal(Errno.OutOfRange, results[1].Error!.Errno);
        Assert.NotNull(results[1].Error!.AttributeOffset);
        Assert.Contains("mtu", results[2].Error!.KernelMessage!, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("change link ok1", results[2].Error!.Message, StringComparison.Ordinal);
        Assert.Null(results[3].Error);
    });

    // Each to a value that no new link has. Of mtu below 1280 the kernel takes IPv6 from the link.
    [KernelFact]
    public void The_settings_that_a_dump_tells_are_those_of_the_files() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        Command.Run("ip link add v0.1 type veth peer name v1");
        Command.Run("ip link set v1 mtu 1200");
        string[] ipv4 = ["forwarding", "accept_redirects", "secure_redirects", "send_redirects", "rp_filter", "route_localnet"];
        string[] ipv6 = ["forwarding", "accept_ra", "accept_redirects", "disable_ipv6"];
        string[] paths = [.. ipv4.Select(name => $"net/ipv4/conf/v0.1/{name}"), .. ipv6.Select(name => $"net/ipv6/conf/v0.1/{name}")];
        foreach (string path in paths)
        {
            string file = $"/proc/sys/{path}";
            string other = File.ReadAllText(file).Trim() == "1" ? "0" : "1";
            File.WriteAllText(file, other);
            LinkMessage link = Assert.Single(route.DumpLinks(), link => link.Name == "v0.1");
            Assert.Equal(("v0.1", path.Split('/')[^1]), LinkSettings.Split(path));
            Assert.Equal(File.ReadAllText(file).Trim(), LinkSettings.Find(link, path, path.Split('/')[^1]));
            Assert.Equal(other, LinkSettings.Find(link, path, path.Split('/')[^1]));
        }

        LinkMessage small = Assert.Single(route.DumpLinks(), link => link.Name == "v1");
        Assert.Null(LinkSettings.Find(small, "net/ipv6/conf/v1/disable_ipv6", "disable_ipv6"));
        Assert.False(File.Exists("/proc/sys/net/ipv6/conf/v1/disable_ipv6"));
    });

    [KernelFact]
    public void Every_link_of_the_machine_kinds_here_is_decoded_and_encoded_again_the_same() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        Command.Run("ip link add br0 type bridge");
        Command.Run("ip link add v0 type veth peer name v1");
        Command.Run("ip link set v0 master br0");
        Command.Run("ip link add link v1 name mv0 type macvlan mode bridge");
        Command.Run("ip link add vx0 type vxlan id 7 dstport 4789 local 192.0.2.1");
        foreach (NetlinkReply reply in route.Dump(LinkRequests.Dump()))
        {
            LinkMessage first = LinkMessage.Decode(reply.Payload.Span);
            using var buffer = new MessageBuffer();
            first.Encode(buffer.Writer);
            using var again = new MessageBuffer();
            LinkMessage.Decode(buffer.Written).Encode(again.Writer);
            Assert.True(buffer.Written.SequenceEqual(again.Written), first.Name);
            Assert.InRange(buffer.Length, reply.Payload.Length - 8, reply.Payload.Length + 8); // ending zero bytes of texts differ
        }
    });
}
