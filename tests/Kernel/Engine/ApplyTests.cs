using System.Text.Json;
using Net.Cnm.DesiredState;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

public sealed class ApplyTests
{
    [KernelFact]
    public void A_network_and_a_container_are_made_as_ip_sees_them() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);

        JsonElement bridge = Command.Json("ip -j -d link show dev br-aaaaaaaaaaaa")[0];
        Assert.Equal(1400, bridge.GetProperty("mtu").GetInt32());
        Assert.Equal(new string('a', 64), bridge.GetProperty("ifalias").GetString());
        Assert.Contains("UP", bridge.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        JsonElement veth = Command.Json("ip -j -d link show dev vethbbbbbbb")[0];
        Assert.Equal("br-aaaaaaaaaaaa", veth.GetProperty("master").GetString());
        Assert.Equal("1", Command.Run("sysctl -n net/ipv6/conf/vethbbbbbbb/disable_ipv6").Trim());
        Assert.Equal("1", Command.Run("sysctl -n net.ipv4.ip_forward").Trim());
        // What it was, what was written, and until when that holds.
        string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        Assert.StartsWith($"0\t1\t\t{boot} ", lab.Priors.All()["net/ipv4/ip_forward"], StringComparison.Ordinal);

        JsonElement inside = Command.Json("ip -n web -j addr show dev eth0")[0];
        Assert.Equal("02:42:ac:12:00:02", inside.GetProperty("address").GetString());
        Assert.Contains(
            "172.18.0.2", inside.GetProperty("addr_info").EnumerateArray().Select(address => address.GetProperty("local").GetString()));
        Assert.Equal("172.18.0.1", Command.Json("ip -n web -j route show default")[0].GetProperty("gateway").GetString());
        Assert.Equal("2001:db8:1::1", Command.Json("ip -n web -j -6 route show default")[0].GetProperty("gateway").GetString());
        Assert.Equal(0, Command.TryRun("ip", "netns", "exec", "web", "ping", "-c1", "-w10", "172.18.0.1").ExitCode);
        Assert.Equal("127.0.0.1 localhost\n", File.ReadAllText(lab.Shape.Hosts.Path));
        Assert.Equal(1, lab.Firewall.Transactions);
    });

    [KernelFact]
    public void Applied_removed_and_applied_again_leaves_nothing_behind() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.Forwarding);
        string empty = lab.Snapshot();
        for (int round = 0; round < 2; round++)
        {
            lab.Add(lab.Shape.All);
            Assert.NotEqual(empty, lab.Snapshot());
            Assert.Empty(lab.Remove(lab.Shape.All));
            Assert.Equal(empty.Split('\n'), lab.Snapshot().Split('\n'));
            Assert.Empty(lab.Firewall.Policies);
        }

        Assert.Empty(lab.Engine.Reset());
        Assert.Equal("0", Command.Run("sysctl -n net.ipv4.ip_forward").Trim());
    });

    [KernelFact]
    public void An_endpoint_can_go_while_its_container_and_network_stay() => Lab.Run(static lab =>
    {
        lab.Add([.. lab.Shape.NetworkObjects, .. lab.Shape.SandboxObjects]);
        string before = lab.Snapshot();
        lab.Add(lab.Shape.EndpointObjects);
        Assert.Empty(lab.Remove(lab.Shape.EndpointObjects));
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
    });

    [KernelFact]
    public void Applying_what_is_there_already_changes_nothing() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        string before = lab.Snapshot();
        lab.Add(lab.Shape.All);
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
    });

    [KernelFact]
    public void Removing_what_is_gone_already_is_no_error() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        Command.Run("ip link delete vethbbbbbbb");
        Command.Run("ip link delete br-aaaaaaaaaaaa");
        Assert.Empty(lab.Remove(lab.Shape.All));
        Assert.Empty(lab.Remove(lab.Shape.All));
    });

    [KernelFact]
    public void A_replaced_route_leads_the_other_way_and_a_replaced_bridge_keeps_its_port() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        RouteObject other = lab.Shape.DefaultRoute with { Gateway = System.Net.IPAddress.Parse("172.18.0.9") };
        BridgeLink larger = lab.Shape.Bridge with { Mtu = 1450 };
        Assert.Empty(lab.Engine.Apply(new StateChange([], [(lab.Shape.DefaultRoute, other), (lab.Shape.Bridge, larger)], [])));

        Assert.Equal(
            "172.18.0.9",
            Assert.Single(Command.Json("ip -n web -j route show default").EnumerateArray()).GetProperty("gateway").GetString());
        Assert.Equal(1450, Command.Json("ip -j link show dev br-aaaaaaaaaaaa")[0].GetProperty("mtu").GetInt32());
        Assert.Equal("br-aaaaaaaaaaaa", Command.Json("ip -j link show dev vethbbbbbbb")[0].GetProperty("master").GetString());
    });

    [KernelFact]
    public void Several_links_are_deleted_together() => Lab.Run(static lab =>
    {
        VethPair[] veths = [.. Enumerable.Range(0, 20).Select(i => lab.Shape.Veth with { Name = $"veth{i:x7}", PeerName = $"eth{i}" })];
        lab.Add([.. lab.Shape.NetworkObjects, .. lab.Shape.SandboxObjects, .. veths]);
        Assert.Empty(lab.Remove(veths));
        Graves.WaitUntilEmpty();
        Assert.Single(Command.Json("ip -j link show type bridge").EnumerateArray());
        Assert.Empty(Command.Json("ip -j link show type veth").EnumerateArray());
    });

    [KernelFact]
    public void A_change_to_the_same_namespace_under_another_display_name_keeps_its_links() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        int outside = Index("ip -j link show dev vethbbbbbbb");
        int inside = Index("ip -n web -j link show dev eth0");
        VethPair renamed = lab.Shape.Veth with { PeerNamespace = NamespaceRef.At(lab.Shape.Inside.Path!, "shop"), Hairpin = true };
        Assert.Empty(lab.Engine.Apply(new StateChange([], [(lab.Shape.Veth, renamed)], [])));
        Assert.Equal(outside, Index("ip -j link show dev vethbbbbbbb"));
        Assert.Equal(inside, Index("ip -n web -j link show dev eth0"));
        Assert.DoesNotContain(renamed, lab.Engine.Diff([.. lab.Shape.All.Where(o => o is not VethPair), renamed]).Missing);

        static int Index(string command) => Command.Json(command)[0].GetProperty("ifindex").GetInt32();
    });

    [KernelFact]
    public void A_container_named_host_has_objects_of_its_own() => Lab.Run(static lab =>
    {
        NamespaceRef named = NamespaceRef.At(lab.Shape.Inside.Path!, "host");
        SysctlObject inside =
            lab.Shape.Forwarding with { Owner = lab.Shape.Resolver.Owner, Ownership = Ownership.Owned, Namespace = named, Value = "0" };
        DesiredObject[] wanted = [.. lab.Shape.All, lab.Shape.InContainer("172.18.0.1/16") with { Namespace = named, Link = "lo" }, inside];
        Assert.Empty(lab.Engine.Apply(StateChange.Between([], wanted)));
        Assert.Equal("1", Command.Run("sysctl -n net.ipv4.ip_forward").Trim());
        Assert.Equal("0", Command.Run("ip netns exec web sysctl -n net.ipv4.ip_forward").Trim());
        Assert.Contains("172.18.0.1/16", Command.Run("ip -n web -br addr show dev lo"), StringComparison.Ordinal);
        Assert.True(lab.Engine.Diff(wanted).IsEmpty);
    });
}
