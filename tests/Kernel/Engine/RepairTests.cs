using System.Text.Json;
using Net.Cnm.DesiredState;
using Net.Kernel.Links;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Tests.TestKit;
using Errno = Net.Linux.Errno;

namespace Net.Tests.Kernel.Engine;

/// <summary>Everything that can be mended is mended, whatever stands in the way of something else, and what worked before works
/// after.</summary>
public sealed class RepairTests
{
    [KernelFact]
    public void A_pair_that_was_refused_as_existing_and_is_gone_at_the_second_look_is_made() => Lab.Run(static lab =>
    {
        lab.Add([.. lab.Shape.NetworkObjects, .. lab.Shape.SandboxObjects]);
        using var host = NetlinkConnection.Open(NetlinkProtocol.Route, lab.Host.Threads.Home);
        using var session = new KernelSession(lab.Host.Threads, host);
        NetlinkStep step = VethCreation.Step(lab.Shape.Veth);
        Assert.True(step.OnRefusal!(session, new NetlinkException("add link vethbbbbbbb", Errno.Exists)));
        Assert.Equal("br-aaaaaaaaaaaa", Command.Json("ip -j link show dev vethbbbbbbb")[0].GetProperty("master").GetString());
        Assert.Single(Command.Json("ip -n web -j link show dev eth0").EnumerateArray());
    });

    [KernelFact]
    public void An_unexpected_error_at_one_object_keeps_no_other_from_being_mended() => Lab.Run(static lab =>
    {
        lab.Resolver.Fault = new InvalidOperationException("a flaw of the program");
        string problem = Assert.Single(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        Assert.Contains("resolver of web", problem, StringComparison.Ordinal);
        Assert.Contains("a flaw of the program", problem, StringComparison.Ordinal);
        Assert.Equal([lab.Shape.Resolver], lab.Engine.Diff(lab.Shape.All).Missing);
        Assert.Equal("172.18.0.1", Command.Json("ip -n web -j route show default")[0].GetProperty("gateway").GetString());

        lab.Resolver.Fault = null;
        Assert.Empty(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty);
    });

    [KernelFact]
    public void An_unexpected_error_when_one_object_is_compared_is_told_and_the_others_are_compared() => Lab.Run(static lab =>
    {
        ResolverListener other = lab.Shape.Resolver with { Sandbox = Cnm.Identifiers.SandboxId.Parse(new string('d', 64)), Port = 40054 };
        lab.Add(lab.Shape.All);
        lab.Resolver.ObserveFault = new InvalidOperationException("a flaw of the program");
        Command.Run("ip -n web route del default");
        StateDifference difference = lab.Engine.Diff([.. lab.Shape.All, other]);
        Assert.Equal(new DesiredObject[] { lab.Shape.DefaultRoute, other }.ToHashSet(), difference.Missing.ToHashSet());
        Assert.Contains(
            difference.Conflicts,
            words => words.StartsWith("resolver of web: ", StringComparison.Ordinal)
                && words.Contains("a flaw of the program", StringComparison.Ordinal));
        Assert.False(difference.LeftoversAreKnown);
    });

    [KernelFact]
    public void One_object_that_cannot_be_mended_leaves_its_owners_others_mended() => Lab.Run(static lab =>
    {
        RouteObject bad = lab.Shape.Route("198.51.100.0/24", "192.0.2.1");
        string problem = Assert.Single(lab.Engine.Mend(lab.Engine.Diff([bad, .. lab.Shape.All])));
        Assert.Contains("route to 198.51.100.0/24 by eth0 of web", problem, StringComparison.Ordinal);
        StateDifference left = lab.Engine.Diff(lab.Shape.All);
        Assert.True(left.Missing.Count + left.Different.Count == 0, string.Join(' ', left.Missing));
        Assert.NotNull(lab.Resolver.PortOf(lab.Shape.Resolver.Sandbox));
    });

    [KernelFact]
    public void What_rests_on_a_link_that_cannot_be_made_is_not_named_beside_it() => Lab.Run(static lab =>
    {
        lab.Add([.. lab.Shape.NetworkObjects, .. lab.Shape.SandboxObjects]);
        Command.Run("ip -n web link add eth0 type bridge");
        string problem = Assert.Single(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        Assert.Contains("web has a device eth0 already", problem, StringComparison.Ordinal);
        Assert.NotNull(lab.Resolver.PortOf(lab.Shape.Resolver.Sandbox));
    });

    [KernelFact]
    public void A_host_end_that_was_renamed_gets_its_name_back_and_stays_the_same_link() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        string before = lab.Snapshot();
        int index = Index("ip -j link show dev vethbbbbbbb");
        Command.Run("ip link set dev vethbbbbbbb name foo");
        StateDifference difference = lab.Engine.Diff(lab.Shape.All);
        Assert.Contains((lab.Shape.Veth, "its host end is called foo"), difference.Different);
        Assert.Empty(lab.Engine.Mend(difference));
        Assert.Equal(index, Index("ip -j link show dev vethbbbbbbb"));
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty);
    });

    [KernelFact]
    public void A_bridge_that_was_renamed_gets_its_name_back_and_keeps_its_ports_and_addresses() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        string before = lab.Snapshot();
        int index = Index("ip -j link show dev br-aaaaaaaaaaaa");
        Command.Run("ip link set dev br-aaaaaaaaaaaa name foo");
        StateDifference difference = lab.Engine.Diff(lab.Shape.All);
        Assert.Contains((lab.Shape.Bridge, "it is called foo"), difference.Different);
        Assert.Empty(difference.Leftover);
        Assert.Empty(lab.Engine.Mend(difference));
        Assert.Equal(index, Index("ip -j link show dev br-aaaaaaaaaaaa"));
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty);
    });

    [KernelFact]
    public void A_flushed_routing_table_of_a_container_is_put_back_with_the_routes_to_its_own_subnets() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        CarrierIsUp("ip -n web -j link show dev eth0");
        Command.Run("ip -n web route flush table main");
        Command.Run("ip -n web -6 route flush table main");
        Assert.Empty(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        JsonElement subnet = Command.Json("ip -n web -j route show 172.18.0.0/16")[0];
        Assert.Equal(
            ("kernel", "link", "172.18.0.2"), (Text(subnet, "protocol"), Text(subnet, "scope"), Text(subnet, "prefsrc")));
        Assert.Equal("kernel", Text(Command.Json("ip -n web -j -6 route show 2001:db8:1::/64")[0], "protocol"));
        Assert.Equal(0, Command.TryRun("ip", "netns", "exec", "web", "ping", "-c1", "-w10", "172.18.0.1").ExitCode);
        Assert.Equal(0, Command.TryRun("ip", "netns", "exec", "web", "ping", "-c1", "-w10", "2001:db8:1::1").ExitCode);
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty);
    });

    [KernelFact]
    public void IPv6_that_was_turned_off_on_our_bridge_and_in_the_container_is_turned_on_again() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        Command.Run("sysctl -qw net/ipv6/conf/br-aaaaaaaaaaaa/disable_ipv6=1");
        Command.Run("ip netns exec web sysctl -qw net/ipv6/conf/eth0/disable_ipv6=1");
        Assert.Empty(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        Assert.Contains("2001:db8:1::1/64", Command.Run("ip -br addr show dev br-aaaaaaaaaaaa"), StringComparison.Ordinal);
        Assert.Contains("2001:db8:1::2/64", Command.Run("ip -n web -br addr show dev eth0"), StringComparison.Ordinal);
        Assert.Equal("2001:db8:1::1", Text(Command.Json("ip -n web -j -6 route show default")[0], "gateway"));
    });

    [KernelFact]
    public void IPv6_that_was_turned_on_at_the_host_end_is_turned_off_again() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        Command.Run("sysctl -qw net/ipv6/conf/vethbbbbbbb/disable_ipv6=0");
        StateDifference difference = lab.Engine.Diff(lab.Shape.All);
        Assert.Equal(lab.Shape.Veth, Assert.Single(difference.Different).Wanted);
        Assert.Empty(lab.Engine.Mend(difference));
        Assert.Equal("1", Command.Run("sysctl -n net/ipv6/conf/vethbbbbbbb/disable_ipv6").Trim());
    });

    [KernelFact]
    public void A_link_that_a_container_set_down_stays_down_and_is_told_and_its_routes_wait() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        Command.Run("ip -n web link set dev eth0 down");
        StateDifference difference = lab.Engine.Diff(lab.Shape.All);
        Assert.Empty(difference.Missing);
        Assert.Empty(difference.Different);
        Assert.Contains("eth0 of web is down", Assert.Single(difference.Conflicts), StringComparison.Ordinal);

        Command.Run("ip link set dev vethbbbbbbb nomaster");
        Assert.Empty(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        Assert.Equal("br-aaaaaaaaaaaa", Text(Command.Json("ip -j link show dev vethbbbbbbb")[0], "master"));
        Assert.DoesNotContain("UP", Flags("ip -n web -j link show dev eth0"));

        Command.Run("ip -n web link set dev eth0 up");
        Assert.Empty(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        Assert.Equal("172.18.0.1", Text(Command.Json("ip -n web -j route show default")[0], "gateway"));
        Assert.Equal("2001:db8:1::1", Text(Command.Json("ip -n web -j -6 route show default")[0], "gateway"));
        CarrierIsUp("ip -n web -j link show dev eth0");
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty);
    });

    [KernelFact]
    public void An_other_end_that_a_killed_daemon_had_not_set_up_yet_is_set_up() => Lab.Run(static lab =>
    {
        lab.Add([.. lab.Shape.NetworkObjects, .. lab.Shape.SandboxObjects]);
        Command.Run("ip link add vethbbbbbbb group 28515 master br-aaaaaaaaaaaa type veth peer name eth0 netns web");
        for (int look = 0; look < 3; look++)
        {
            Assert.Empty(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        }

        Assert.Contains("UP", Flags("ip -n web -j link show dev eth0"));
        CarrierIsUp("ip -n web -j link show dev eth0");
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty);
    });

    [KernelFact]
    public void What_a_container_added_is_never_touched() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        Command.Run("ip -n web addr add 198.51.100.5/24 dev eth0");
        Command.Run("ip -n web route add 203.0.113.0/24 via 172.18.0.7");
        Command.Run("ip -n web rule add pref 100 from 198.51.100.5 table 100");
        Command.Run("ip -n web neigh add 172.18.0.7 lladdr 02:00:00:00:00:07 dev eth0 nud permanent");
        Command.Run("ip -n web link add dummy0 type bridge");
        string before = lab.Snapshot() + Command.Run("ip -n web rule");
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty);

        Command.Run("ip -n web route del default");
        Assert.Empty(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        Assert.Equal(before.Split('\n').Order(), (lab.Snapshot() + Command.Run("ip -n web rule")).Split('\n').Order());
    });

    [KernelFact]
    public void Addresses_of_a_container_that_are_gone_come_back_with_the_routes_that_need_them() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        string before = lab.Snapshot();
        Command.Run("ip -n web addr flush dev eth0 scope global");
        Assert.Empty(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
    });

    private static int Index(string command) => Command.Json(command)[0].GetProperty("ifindex").GetInt32();

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;

    private static string?[] Flags(string command) =>
        [.. Command.Json(command)[0].GetProperty("flags").EnumerateArray().Select(flag => flag.GetString())];

    // The kernel tells of a carrier up to a second after both ends are up (linkwatch).
    private static void CarrierIsUp(string command) => Assert.True(
        SpinWait.SpinUntil(() => Text(Command.Json(command)[0], "operstate") == "UP", TimeSpan.FromSeconds(10)));
}
