using Net.Cnm.Firewalls;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>Each policy with nftables: what comes with it, goes with it; what is explained is what is done; what is damaged is
/// mended.</summary>
public class NftablesPolicyTests
{
    [KernelFact]
    public void Each_policy_applied_and_undone_leaves_the_ruleset_as_it_was_byte_for_byte() => HostNamespace.Run(_ =>
    {
        using NftablesBackend backend = NftablesBackend.Open();
        Rulesets.Foreign("nftables");
        FirewallPolicy first = EveryPolicy.Bridge("br-first", 9);
        FirewallPolicy link = EveryPolicy.OnLink("v-first", "02:42:00:00:00:09", "172.18.9.2", null);
        backend.Change(new FirewallChange([first, link], []));
        string before = Text();
        foreach (FirewallPolicy policy in EveryPolicy.All)
        {
            var change = new FirewallChange([policy], []);
            backend.Change(change);
            Assert.NotEqual(before, Text());
            Assert.True(backend.Diff([first, link, policy]).IsEmpty, policy.Key);
            backend.Change(change.Inverse());
            Assert.Equal(before, Text());
        }
    });

    [KernelFact]
    public void Each_policy_typed_gives_the_rules_that_the_change_gives()
    {
        var applied = new List<string>();
        HostNamespace.Run(_ =>
        {
            using NftablesBackend backend = NftablesBackend.Open();
            foreach (FirewallPolicy policy in EveryPolicy.All)
            {
                backend.Change(new FirewallChange([policy], []));
            }

            applied.Add(Text());
            applied.Add(Bytecode());
            applied.Add(Rulesets.Read("nftables"));
        });
        HostNamespace.Run(_ =>
        {
            using NftablesBackend backend = NftablesBackend.Open();
            Rulesets.Type(backend.Explain(new FirewallChange(EveryPolicy.All, [])));
            Assert.Equal(applied[0], Text());
            Assert.Equal(applied[1], Bytecode());
            Assert.Equal(applied[2], Rulesets.Read("nftables"));
            Assert.True(backend.Diff(EveryPolicy.All).IsEmpty);
            Rulesets.Type(backend.Explain(new FirewallChange([], EveryPolicy.All)));
            Assert.True(backend.Diff([]).IsEmpty);
        });
    }

    [KernelFact]
    public void Each_set_emptied_and_each_chain_flushed_is_missed_and_comes_back() => HostNamespace.Run(_ =>
    {
        using NftablesBackend backend = NftablesBackend.Open();
        backend.Change(new FirewallChange(EveryPolicy.All, []));
        string before = Text();
        IEnumerable<string> damages = NftablesLayout.All.SelectMany(layout =>
            layout.Sets.Select(set => $"nft flush {(set.Data.Count == 0 ? "set" : "map")} {layout.Table} {set.Name}")
                .Concat(layout.Chains.Select(chain => $"nft flush chain {layout.Table} {chain.Name}"))
                .Append($"nft delete table {layout.Table}"));
        foreach (string damage in damages)
        {
            Rulesets.Type([damage]);
            Assert.NotEmpty(backend.Diff(EveryPolicy.All).Missing);
            backend.Reconcile(EveryPolicy.All);
            Assert.True(backend.Diff(EveryPolicy.All).IsEmpty, damage);
        }

        Assert.Equal(before.Split('\n').Order(), Text().Split('\n').Order());
    });

    [KernelFact]
    public void The_administrators_table_comes_first_is_never_flushed_and_goes_only_when_it_is_empty() => HostNamespace.Run(_ =>
    {
        using NftablesBackend backend = NftablesBackend.Open();
        backend.Change(new FirewallChange(EveryPolicy.All, []));
        Assert.Contains(
            "type filter hook forward priority filter - 10; policy accept;",
            Command.Run("nft list table inet netctl-user"),
            StringComparison.Ordinal);
        backend.RemoveAll();
        Assert.Equal("", Command.Run("nft list ruleset"));

        backend.Change(new FirewallChange(EveryPolicy.All, []));
        Command.Run("nft add rule inet netctl-user forward ip saddr 198.51.100.7 drop");
        string theirs = Command.Run("nft list table inet netctl-user");
        Command.Run("nft delete table ip netctl");
        backend.Reconcile(EveryPolicy.All);
        backend.RemoveAll();
        Assert.Equal(theirs, Command.Run("nft list ruleset"));
    });

    [KernelFact]
    public void Connections_to_a_published_port_are_counted_and_those_of_a_shifted_run_summed() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        using NftablesBackend backend = NftablesBackend.Open();
        PublishedPort single = FirewallTown.Port("0.0.0.0", 8080);
        PublishedPort run = FirewallTown.Port("192.0.2.1", 9000, containerPort: 9000) with { Count = 10 };
        PublishedPort shifted = FirewallTown.Port("0.0.0.0", 9100, containerPort: 9000) with { Count = 10 };
        PublishedPort absent = FirewallTown.Port("0.0.0.0", 9300);
        backend.Change(new FirewallChange([FirewallTown.A, single, run, shifted], []));
        foreach (int port in (int[])[80, 9000, 9003, 9009])
        {
            town.Listen("a1", "0.0.0.0", port);
        }

        Assert.Equal(
            [true, true, true, false, true, true, true, false],
            town.ReachEach([
                ("out", "192.0.2.1", 8080), ("out", "192.0.2.1", 9000), ("out", "192.0.2.1", 9009), ("out", "192.0.2.1", 9010),
                ("out", "192.0.2.1", 9100), ("out", "192.0.2.1", 9103), ("host", "192.0.2.1", 9109), ("out", "192.0.2.1", 9110)]));
        IReadOnlyList<PortTraffic> traffic = backend.ReadTraffic([single, run, shifted, absent]);
        Assert.Equal([(single, 1UL), (run, 2UL), (shifted, 3UL)], traffic.Select(entry => (entry.Port, entry.Packets)));
        Assert.All(traffic, entry => Assert.Equal(60 * entry.Packets, entry.Bytes)); // a SYN of Linux has 60 bytes
        Assert.True(backend.Diff([FirewallTown.A, single, run, shifted]).IsEmpty, "what was counted is no difference");
        backend.Change(new FirewallChange([], [FirewallTown.A, single, run, shifted]));
        Assert.True(backend.Diff([]).IsEmpty);
    });

    [KernelFact]
    public void Sixty_thousand_ports_come_and_go_in_one_transaction() => HostNamespace.Run(_ =>
    {
        using NftablesBackend backend = NftablesBackend.Open();
        FirewallPolicy[] ports =
        [
            .. Enumerable.Range(1024, 60000).Select(port => EveryPolicy.Port("0.0.0.0", (ushort)port, "172.18.1.2", 80)),
        ];
        backend.Change(new FirewallChange([EveryPolicy.Bridge("br-nat", 1)], []));
        string before = Text();
        backend.Change(new FirewallChange(ports, []));

        // The kernel goes on making the map larger behind our back, and a dump meanwhile may pass over elements.
        FirewallPolicy[] all = [EveryPolicy.Bridge("br-nat", 1), .. ports];
        Assert.True(SpinWait.SpinUntil(() => backend.Diff(all).IsEmpty, TimeSpan.FromSeconds(20)));
        backend.Change(new FirewallChange([], ports));
        Assert.Equal(before, Text());
    });

    private static string Text() => Command.Run("nft -s list ruleset");

    // nft swaps the bytes of a protocol in a key of ranges, two at a time: there is one, so nothing happens, and we do not ask for it.
    private static string Bytecode() => string.Join('\n', Command.Run("nft --debug=netlink -s list ruleset").Split('\n')
        .Where(line => line.StartsWith("  [", StringComparison.Ordinal) && !line.Contains("byteorder", StringComparison.Ordinal)));
}
