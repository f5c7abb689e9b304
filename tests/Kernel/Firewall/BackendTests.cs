using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Firewall.Iptables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>What both backends promise about rules, read by <c>iptables-save</c> and <c>nft -j list ruleset</c>.</summary>
public class BackendTests
{
    private const string Iptables = "iptables";
    private const string Nftables = "nftables";

    [KernelFact]
    public void Typing_the_explanation_gives_the_rules_that_the_change_gives_iptables() => Explained(Iptables);

    [KernelFact]
    public void Typing_the_explanation_gives_the_rules_that_the_change_gives_nftables() => Explained(Nftables);

    [KernelFact]
    public void Everything_removed_leaves_the_ruleset_as_it_was_iptables() => Removed(Iptables);

    [KernelFact]
    public void Everything_removed_leaves_the_ruleset_as_it_was_nftables() => Removed(Nftables);

    [KernelFact]
    public void A_change_undone_leaves_the_ruleset_as_it_was_iptables() => Undone(Iptables);

    [KernelFact]
    public void A_change_undone_leaves_the_ruleset_as_it_was_nftables() => Undone(Nftables);

    [KernelFact]
    public void Flushed_rules_are_missed_and_come_back_whole_iptables() => Healed(
        Iptables,
        "iptables -F",
        "iptables -t nat -F NETCTL",
        "iptables -t nat -F; iptables -t nat -X; iptables -F; iptables -X",
        "nft flush ruleset",
        "iptables -D NETCTL-FORWARD 1", "iptables -D FORWARD 2", "ip6tables -t nat -D OUTPUT 1", "iptables -t nat -D NETCTL-POSTROUTING 2",
        "iptables -t nat -D POSTROUTING 1");

    [KernelFact]
    public void Flushed_rules_are_missed_and_come_back_whole_nftables() => Healed(
        Nftables, "nft flush ruleset", "nft flush chain ip netctl forward", "nft delete table ip6 netctl",
        "nft flush map ip netctl published_any",
        "nft flush set ip netctl home");

    [KernelFact]
    public void Rules_that_nobody_wants_are_leftovers_and_go_iptables() => Leftover(Iptables);

    [KernelFact]
    public void Rules_that_nobody_wants_are_leftovers_and_go_nftables() => Leftover(Nftables);

    [KernelFact]
    public void The_administrators_chain_is_never_flushed() => HostNamespace.Run(_ =>
    {
        IFirewallBackend backend = Rulesets.Open(Iptables);
        backend.Change(new FirewallChange(FirewallTown.Everything, []));
        Command.Run("iptables -A NETCTL-USER -s 198.51.100.7 -j DROP");
        backend.Change(new FirewallChange([], FirewallTown.Everything));
        backend.Reconcile(FirewallTown.Everything);
        backend.RemoveAll();
        Assert.Equal("-N NETCTL-USER\n-A NETCTL-USER -s 198.51.100.7/32 -j DROP\n", Command.Run("iptables -S NETCTL-USER"));
        Assert.DoesNotContain("NETCTL", Command.Run("ip6tables-save"), StringComparison.Ordinal);
    });

    [KernelFact]
    public void When_the_second_family_is_refused_the_first_is_taken_back() => HostNamespace.Run(host =>
    {
        Directory.CreateDirectory("/run/test/bin");
        foreach (string program in new[] { "iptables-save", "iptables-restore", "ip6tables-save" })
        {
            File.CreateSymbolicLink($"/run/test/bin/{program}", $"/usr/sbin/{program}");
        }

        File.WriteAllText("/run/test/bin/ip6tables-restore", "#!/bin/sh\necho 'no room for rules' >&2\nexit 4\n");
        Command.Run("chmod +x /run/test/bin/ip6tables-restore");
        Rulesets.Open(Iptables).Change(new FirewallChange([FirewallTown.B], []));
        string before = Rulesets.Read(Iptables);
        var backend = new IptablesBackend(new IptablesPrograms("/run/test/bin"));
        CnmException error = Assert.Throws<CnmException>(() => backend.Change(new FirewallChange([FirewallTown.A], [])));
        Assert.Contains("no room for rules", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Rulesets.Read(Iptables));
    });

    [KernelFact]
    public void A_family_that_a_change_does_not_touch_is_not_run() => HostNamespace.Run(host =>
    {
        Directory.CreateDirectory("/run/test/bin");
        File.WriteAllText("/run/test/bin/ip6tables-restore", "#!/bin/sh\nexit 4\n");
        Command.Run("chmod +x /run/test/bin/ip6tables-restore");
        new IptablesBackend(new IptablesPrograms("/run/test/bin")).Change(new FirewallChange([FirewallTown.B], []));
        Assert.Contains("br-b", Command.Run("iptables-save"), StringComparison.Ordinal);
    });

    [KernelFact]
    public void Iptables_legacy_takes_and_shows_the_same_rules() => HostNamespace.Run(host =>
    {
        Directory.CreateDirectory("/run/test/bin");
        foreach (string program in new[] { "iptables-save", "iptables-restore", "ip6tables-save", "ip6tables-restore" })
        {
            File.CreateSymbolicLink(
                $"/run/test/bin/{program}", $"/usr/sbin/{program.Replace("tables-", "tables-legacy-", StringComparison.Ordinal)}");
        }

        var backend = new IptablesBackend(new IptablesPrograms("/run/test/bin"));
        backend.Change(new FirewallChange(FirewallTown.Everything, []));
        FirewallDifference difference = backend.Diff(FirewallTown.Everything);
        Assert.Empty(difference.Missing);
        Assert.Empty(difference.Leftover);
        Command.Run("iptables-legacy -F FORWARD");
        backend.Reconcile(FirewallTown.Everything);
        Assert.True(backend.Diff(FirewallTown.Everything).IsEmpty);
        backend.RemoveAll();
        Assert.DoesNotContain(
            "NETCTL", Command.Run("iptables-legacy-save") + Command.Run("ip6tables-legacy-save"), StringComparison.Ordinal);
    });

    [KernelFact]
    public void Typing_the_explanation_mends_a_table_that_was_damaged_and_keeps_what_it_had() => HostNamespace.Run(_ =>
    {
        IFirewallBackend backend = Rulesets.Open(Nftables);
        backend.Change(new FirewallChange([.. FirewallTown.Everything.Take(7)], []));
        Command.Run("nft flush chain ip netctl forward");
        Rulesets.Type(backend.Explain(new FirewallChange([FirewallTown.Everything[7]], [])));
        Assert.True(backend.Diff(FirewallTown.Everything).IsEmpty);
    });

    private static void Explained(string name)
    {
        string applied = "";
        string appliedMore = "";
        FirewallChange first = new([.. FirewallTown.Everything.Take(4)], []);
        FirewallChange second = new([.. FirewallTown.Everything.Skip(4)], [FirewallTown.Everything[3], FirewallTown.B]);
        HostNamespace.Run(_ =>
        {
            IFirewallBackend backend = Rulesets.Open(name);
            backend.Change(first);
            applied = Rulesets.Read(name);
            backend.Change(second);
            appliedMore = Rulesets.Read(name);
        });
        HostNamespace.Run(_ =>
        {
            IFirewallBackend backend = Rulesets.Open(name);
            Rulesets.Type(backend.Explain(first));
            Assert.Equal(applied, Rulesets.Read(name));
            Rulesets.Type(backend.Explain(second));
            Assert.Equal(appliedMore, Rulesets.Read(name));
        });
    }

    private static void Removed(string name) => HostNamespace.Run(_ =>
    {
        Rulesets.Foreign(name);
        string before = Rulesets.Read(name);
        IFirewallBackend backend = Rulesets.Open(name);
        backend.Change(new FirewallChange(FirewallTown.Everything, []));
        Assert.NotEqual(before, Rulesets.Read(name));
        backend.RemoveAll();
        Assert.Equal(before, Rulesets.Read(name));
        backend.RemoveAll();
    });

    private static void Undone(string name) => HostNamespace.Run(_ =>
    {
        Rulesets.Foreign(name);
        IFirewallBackend backend = Rulesets.Open(name);
        backend.Change(new FirewallChange([FirewallTown.A, FirewallTown.Internal], []));
        string before = Rulesets.Read(name);
        FirewallChange change = new([FirewallTown.B, .. FirewallTown.Everything.Skip(3)], []);
        backend.Change(change);
        backend.Change(change.Inverse());
        Assert.Equal(before, Rulesets.Read(name));
    });

    private static void Healed(string name, params string[] damages) => HostNamespace.Run(_ =>
    {
        IFirewallBackend backend = Rulesets.Open(name);
        backend.Reconcile(FirewallTown.Everything);
        Rulesets.Foreign(name);
        string[] before = Lines(name);
        foreach (string damage in damages)
        {
            Assert.True(backend.Diff(FirewallTown.Everything).IsEmpty, $"before: {damage}");
            Rulesets.Type([damage]);
            Assert.NotEmpty(backend.Diff(FirewallTown.Everything).Missing);
            backend.Reconcile(FirewallTown.Everything);
            FirewallDifference difference = backend.Diff(FirewallTown.Everything);
            Assert.True(difference.IsEmpty, $"after: {damage}");
            Assert.Empty(before.Where(line => line.Contains("netctl", StringComparison.Ordinal)).Except(Lines(name)));
        }
    });

    private static string[] Lines(string name) => Rulesets.Read(name).Split(name == Iptables ? '\n' : '{');

    private static void Leftover(string name) => HostNamespace.Run(_ =>
    {
        Rulesets.Foreign(name);
        IFirewallBackend backend = Rulesets.Open(name);
        FirewallPolicy[] wanted = [FirewallTown.B];
        backend.Reconcile(wanted);
        backend.Change(new FirewallChange([FirewallTown.A, FirewallTown.Everything[3]], []));
        FirewallDifference difference = backend.Diff(wanted);
        Assert.Empty(difference.Missing);
        Assert.Contains(difference.Leftover, leftover => leftover.Tag == new string('a', 12));
        Assert.Contains(
            difference.Leftover,
            leftover => leftover.Tag == new string('e', 12) && leftover.Name.Contains("8080", StringComparison.Ordinal));
        backend.Reconcile(wanted);
        Assert.True(backend.Diff(wanted).IsEmpty);
        Assert.Contains("other0", Rulesets.Read(name), StringComparison.Ordinal);
        Assert.DoesNotContain(Lines(name), line => line.Contains("br-a", StringComparison.Ordinal));
    });
}
