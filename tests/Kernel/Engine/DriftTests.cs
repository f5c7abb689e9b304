using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Tests.TestKit;
using EngineUnderTest = global::Net.Kernel.DesiredStateEngine;

namespace Net.Tests.Kernel.Engine;

/// <summary>What goes wrong behind the daemon's back is found, and made good.</summary>
public sealed class DriftTests
{
    [KernelFact]
    public void What_was_applied_has_no_difference() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        StateDifference difference = lab.Engine.Diff(lab.Shape.All);
        Assert.True(difference.IsEmpty, Words(difference));
    });

    [KernelFact]
    public void A_deleted_veth_is_missing_with_all_that_was_on_it() => Mended("ip link delete vethbbbbbbb", static (lab, difference) =>
    {
        Assert.Contains(lab.Shape.Veth, difference.Missing);
        Assert.Contains(lab.Shape.DefaultRoute, difference.Missing);
    });

    [KernelFact]
    public void A_deleted_bridge_is_missing_and_gets_its_port_back() => Mended("ip link delete br-aaaaaaaaaaaa", static (lab, difference) =>
    {
        Assert.Contains(lab.Shape.Bridge, difference.Missing);
        Assert.Contains(lab.Shape.Veth, difference.Different.Select(pair => pair.Wanted));
    });

    [KernelFact]
    public void A_deleted_address_is_missing() => Mended(
        "ip addr del 172.18.0.1/16 dev br-aaaaaaaaaaaa",
        static (lab, difference) => Assert.Contains(lab.Shape.Gateway, difference.Missing));

    [KernelFact]
    public void Flushed_routes_are_missing() => Mended(
        "ip -n web route flush proto 110", static (lab, difference) => Assert.Equal([lab.Shape.DefaultRoute], difference.Missing));

    [KernelFact]
    public void A_route_that_leads_elsewhere_is_different() => Mended(
        "ip -n web route replace default via 172.18.0.9 proto 110",
        static (lab, difference) => Assert.Equal(lab.Shape.DefaultRoute, Assert.Single(difference.Different).Wanted));

    [KernelFact]
    public void A_link_that_was_taken_off_its_bridge_is_different() => Mended(
        "ip link set dev vethbbbbbbb nomaster",
        static (lab, difference) =>
            Assert.Equal((lab.Shape.Veth, "it is no port of br-aaaaaaaaaaaa"), Assert.Single(difference.Different)));

    [KernelFact]
    public void A_bridge_that_is_down_is_different() => Mended(
        "ip link set dev br-aaaaaaaaaaaa down",
        static (lab, difference) => Assert.Contains((lab.Shape.Bridge, "it is down"), difference.Different));

    [KernelFact]
    public void A_setting_that_was_changed_is_different() => Mended(
        "sysctl -qw net.ipv4.ip_forward=0",
        static (lab, difference) => Assert.Contains((lab.Shape.Forwarding, "it is 0"), difference.Different));

    [KernelFact]
    public void Another_end_that_was_renamed_is_made_anew() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        string before = lab.Snapshot();
        Command.Run("ip -n web link set dev eth0 down");
        Command.Run("ip -n web link set dev eth0 name lost");
        Assert.Empty(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
    });

    [KernelFact]
    public void Everything_of_ours_that_nothing_wants_is_left_over_and_goes() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.Forwarding);
        string before = lab.Snapshot();
        lab.Add(lab.Shape.All.Where(thing => thing is not SandboxFile));
        StateDifference difference = lab.Engine.Diff([lab.Shape.Forwarding]);
        Assert.Empty(difference.Missing);
        Assert.Superset(
            new HashSet<string> { "link", "namespace", "namespace-name", "held-port", "resolver", "rule", "address", "neighbour" },
            difference.Leftover.Select(leftover => leftover.Kind).ToHashSet());
        Assert.Empty(lab.Engine.Mend(difference));
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
        Assert.Empty(lab.Firewall.Policies);
        Assert.True(lab.Engine.Diff([lab.Shape.Forwarding]).IsEmpty);
    });

    [KernelFact]
    public void Links_of_others_are_no_leftovers_even_with_a_tag_like_ours() => Lab.Run(static lab =>
    {
        Command.Run("ip link add br-other type bridge");
        Command.Run($"ip link set dev br-other alias {new string('d', 64)}");
        Command.Run("ip addr add 192.0.2.1/24 dev br-other");
        Assert.True(lab.Engine.Diff([]).IsEmpty);
    });

    [KernelFact]
    public void A_link_that_a_killed_daemon_had_not_tagged_yet_is_left_over() => Lab.Run(static lab =>
    {
        Command.Run("ip link add vethddddddd group 28515 type veth peer name x");
        StateDifference difference = lab.Engine.Diff([]);
        Assert.Equal("vethddddddd", Assert.Single(difference.Leftover).Name);
        Assert.Empty(lab.Engine.Mend(difference));
        Graves.WaitUntilEmpty();
        Assert.Empty(Command.Json("ip -j link show type veth").EnumerateArray());
    });

    [KernelFact]
    public void Another_engine_finds_the_kernel_in_order_and_holds_ports_and_resolvers_again() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        string before = lab.Snapshot();
        lab.Engine.Dispose();
        var fresh = new MemoryResolver();
        lab.Resolver.Remove(lab.Shape.Resolver.Sandbox);
        using var second = new EngineUnderTest(lab.Paths, lab.Host.Threads, lab.Firewall, fresh, fresh, lab.Priors);
        StateDifference difference = second.Diff(lab.Shape.All);
        Assert.Equal([lab.Shape.Port, lab.Shape.Resolver], difference.Missing);
        Assert.Empty(difference.Different);
        Assert.Empty(difference.Leftover);
        Assert.Empty(second.Mend(difference));
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
        Assert.True(second.Diff(lab.Shape.All).IsEmpty);
    });

    [KernelFact]
    public void One_owner_that_cannot_be_mended_does_not_keep_the_others_down() => Lab.Run(static lab =>
    {
        RouteObject bad =
            lab.Shape.Route("198.51.100.0/24", "192.0.2.1") with { Owner = new OwnerId(OwnerKind.Endpoint, new string('e', 64)) };
        StateDifference difference = lab.Engine.Diff([.. lab.Shape.All, bad]);
        Assert.Contains("198.51.100.0/24", Assert.Single(lab.Engine.Mend(difference)), StringComparison.Ordinal);
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty, Words(lab.Engine.Diff(lab.Shape.All)));
    });

    [KernelFact]
    public void A_port_that_another_program_took_keeps_nothing_else_of_its_owner_down() => Lab.Run(static lab =>
    {
        HeldPort next = lab.Shape.Port with { Port = 8081 };
        using var other = new TcpListener(IPAddress.Any, lab.Shape.Port.Port);
        other.Start();
        DesiredObject[] wanted = [.. lab.Shape.All, next];
        Assert.Contains("is already in use by", Assert.Single(lab.Engine.Mend(lab.Engine.Diff(wanted))), StringComparison.Ordinal);
        (DesiredObject held, string words) = Assert.Single(lab.Engine.Diff(wanted).Different);
        Assert.Equal(lab.Shape.Port, held);
        Assert.Contains("is already in use by", words, StringComparison.Ordinal);
        Assert.Contains("0.0.0.0:8081", Command.Run("ss -Hltn"), StringComparison.Ordinal);
    });

    [KernelFact]
    public void Of_an_owner_whose_bridges_name_another_has_nothing_is_put_on_that_bridge() => Lab.Run(static lab =>
    {
        Command.Run("ip link add br-aaaaaaaaaaaa type bridge");
        string before = Command.Run("ip -j address show dev br-aaaaaaaaaaaa");
        StateDifference difference = lab.Engine.Diff(lab.Shape.All);
        Assert.Contains("already used by a device", Assert.Single(difference.Conflicts), StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Shape.Gateway, difference.Missing);
        lab.Engine.Mend(difference);
        Assert.Equal(before, Command.Run("ip -j address show dev br-aaaaaaaaaaaa"));
        Assert.Empty(Command.Json("ip -j link show type veth").EnumerateArray());
    });

    [KernelFact]
    public void A_difference_that_is_not_the_last_one_found_is_mended_with_its_leftover_rules() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        StateDifference older = lab.Engine.Diff(lab.Shape.NetworkObjects);
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty);
        Assert.Empty(lab.Engine.Mend(older));
        Assert.Equal([lab.Shape.Policy], lab.Firewall.Policies);
        Assert.True(lab.Engine.Diff(lab.Shape.NetworkObjects).IsEmpty);
    });

    [KernelFact]
    public void Leftover_and_missing_rules_of_an_older_difference_are_mended_iptables() => RulesOfAnOlderDifference(
        "iptables", "iptables -w -F NETCTL-FORWARD");

    [KernelFact]
    public void Leftover_and_missing_rules_of_an_older_difference_are_mended_nftables() => RulesOfAnOlderDifference(
        "nftables", "nft delete table ip netctl");

    [KernelFact]
    public void A_difference_that_is_mended_twice_changes_nothing_the_second_time() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        Command.Run("ip addr del 172.18.0.1/16 dev br-aaaaaaaaaaaa");
        lab.Firewall.RemoveAll();
        StateDifference difference = lab.Engine.Diff(lab.Shape.NetworkObjects);
        Assert.Empty(lab.Engine.Mend(difference));
        string mended = lab.Snapshot();
        int transactions = lab.Firewall.Transactions;
        Assert.Empty(lab.Engine.Mend(difference));
        Assert.Equal(mended.Split('\n'), lab.Snapshot().Split('\n'));
        Assert.Equal(transactions, lab.Firewall.Transactions);
        Assert.True(lab.Engine.Diff(lab.Shape.NetworkObjects).IsEmpty);
    });

    [KernelFact]
    public void A_difference_that_another_engine_found_is_mended_with_its_leftover_rules() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.NetworkObjects);
        string before = lab.Snapshot();
        lab.Add([.. lab.Shape.SandboxObjects.Where(desired => desired is not SandboxFile), .. lab.Shape.EndpointObjects]);
        StateDifference difference = lab.Engine.Diff(lab.Shape.NetworkObjects);
        lab.Engine.Dispose();
        lab.Resolver.Remove(lab.Shape.Resolver.Sandbox);
        var fresh = new MemoryResolver();
        using var second = new EngineUnderTest(lab.Paths, lab.Host.Threads, lab.Firewall, fresh, fresh, lab.Priors);
        Assert.Empty(second.Mend(difference));
        Assert.Equal([lab.Shape.Policy], lab.Firewall.Policies);
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
        Assert.True(second.Diff(lab.Shape.NetworkObjects).IsEmpty);
    });

    [KernelFact]
    public void Rules_that_came_after_a_difference_was_found_are_not_taken_away_by_mending_it() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        StateDifference older = lab.Engine.Diff(lab.Shape.NetworkObjects);
        var later = new LinkPolicy
        {
            Owner = lab.Shape.Veth.Owner,
            Bridge = lab.Shape.Bridge.Name,
            Client = IPAddress.Parse("172.18.0.3"),
            Server = IPAddress.Parse("172.18.0.2"),
            Protocol = PortProtocol.Tcp,
            Port = 80,
        };
        lab.Add(later);
        Assert.Contains("rules", Assert.Single(lab.Engine.Mend(older)), StringComparison.Ordinal);
        Assert.Contains(later, lab.Firewall.Policies);
    });

    [KernelFact]
    public void Of_an_owner_whose_bridges_name_another_has_no_rule_is_installed_though_nothing_was_compared_before() =>
        Lab.Run(static lab =>
    {
        Command.Run("ip link add br-aaaaaaaaaaaa type bridge");
        Assert.Equal(FirewallMending.PutBack, lab.Engine.MendFirewall(lab.Shape.All));
        Assert.Equal([lab.Shape.Published], lab.Firewall.Policies);
    });

    [KernelFact]
    public void Of_an_owner_whose_bridges_name_another_has_taken_since_the_difference_was_found_no_rule_is_installed() =>
        Lab.Run(static lab =>
    {
        StateDifference difference = lab.Engine.Diff(lab.Shape.All);
        Assert.Contains(lab.Shape.Policy, difference.Missing);
        Command.Run("ip link add br-aaaaaaaaaaaa type bridge");
        Assert.NotEmpty(lab.Engine.Mend(difference));
        Assert.DoesNotContain(lab.Shape.Policy, lab.Firewall.Policies);
    });

    private static void Mended(string harm, Action<Lab, StateDifference> see) => Lab.Run(lab =>
    {
        lab.Add(lab.Shape.All);
        string before = lab.Snapshot();
        Command.Run(harm);
        StateDifference difference = lab.Engine.Diff(lab.Shape.All);
        see(lab, difference);
        Assert.Empty(lab.Engine.Mend(difference));
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty);
    });

    private static void RulesOfAnOlderDifference(string backend, string harm) => Lab.Run(
        lab =>
        {
            lab.Add(lab.Shape.All);
            StateDifference older = lab.Engine.Diff(lab.Shape.NetworkObjects);
            Assert.NotEmpty(older.Leftover.OfType<RuleLeftover>());
            lab.Engine.Diff(lab.Shape.All);
            Assert.Empty(lab.Engine.Mend(older));
            AssertRules(lab);

            Command.Run(harm);
            older = lab.Engine.Diff(lab.Shape.NetworkObjects);
            Assert.Contains(lab.Shape.Policy, older.Missing);
            lab.Engine.Diff([]);
            Assert.Empty(lab.Engine.Mend(older));
            AssertRules(lab);

            static void AssertRules(Lab lab)
            {
                StateDifference left = lab.Engine.Diff(lab.Shape.NetworkObjects);
                Assert.True(left.Missing.Count + left.Different.Count + left.Leftover.Count == 0, Words(left));
            }
        },
        backend);

    private static string Words(StateDifference difference) => string.Join(
        '\n',
        [
            .. difference.Missing.Select(thing => $"missing {thing.Key}"),
            .. difference.Different.Select(pair => $"different {pair.Wanted.Key}: {pair.Actual}"),
            .. difference.Leftover.Select(leftover => $"left over {leftover}"),
            .. difference.Conflicts,
        ]);
}
