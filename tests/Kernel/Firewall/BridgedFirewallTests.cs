using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Firewall;
using Net.Firewall.Iptables;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>iptables and the bridge table as one backend.</summary>
public class BridgedFirewallTests
{
    private static readonly FirewallPolicy[] Policies =
    [
        FirewallTown.A,
        EveryPolicy.OnLink("v-one", "02:42:00:00:00:01", "172.18.0.2", "fd00:a::2"),
    ];

    [KernelFact]
    public void A_change_is_made_in_both_and_undone_in_both() => HostNamespace.Run(_ =>
    {
        using IDisposable opened = Open(out IFirewallBackend backend);
        FirewallChange change = new(Policies, []);
        backend.Change(change); // makes the chains, which stay
        backend.Change(change.Inverse());
        string before = Read();
        backend.Change(change);
        Assert.Contains("br-a", Command.Run("iptables-save"), StringComparison.Ordinal);
        Assert.Contains("v-one", Command.Run("nft list table bridge netctl"), StringComparison.Ordinal);
        Assert.True(backend.Diff(Policies).IsEmpty);
        backend.Change(change.Inverse());
        Assert.Equal(before, Read());
    });

    [KernelFact]
    public void When_iptables_refuses_the_bridge_table_is_as_it_was() => HostNamespace.Run(host =>
    {
        Directory.CreateDirectory("/run/test/bin");
        File.CreateSymbolicLink("/run/test/bin/iptables-save", "/usr/sbin/iptables-save");
        File.WriteAllText("/run/test/bin/iptables-restore", "#!/bin/sh\necho 'no room for rules' >&2\nexit 4\n");
        Command.Run("chmod +x /run/test/bin/iptables-restore");
        using NftablesBackend bridge = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        bridge.Change(new FirewallChange([EveryPolicy.OnLink("v-two", "02:42:00:00:00:02", null, null)], []));
        string before = Read();
        using var backend = new BridgedFirewall(new IptablesBackend(new IptablesPrograms("/run/test/bin")), bridge);
        CnmException error = Assert.Throws<CnmException>(() => backend.Change(new FirewallChange(Policies, [])));
        Assert.Contains("no room for rules", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Read());
    });

    [KernelFact]
    public void Damage_to_either_is_missed_and_mended() => HostNamespace.Run(_ =>
    {
        using IDisposable opened = Open(out IFirewallBackend backend);
        backend.Reconcile(Policies);
        foreach (string damage in new[] { "nft flush ruleset", "nft flush chain bridge netctl prerouting", "iptables -F" })
        {
            Command.Run(damage);
            Assert.NotEmpty(backend.Diff(Policies).Missing);
            backend.Reconcile(Policies);
            Assert.True(backend.Diff(Policies).IsEmpty, damage);
        }
    });

    [KernelFact]
    public void With_iptables_the_tables_of_nftables_go_and_the_bridges_stays() => HostNamespace.Run(_ =>
    {
        using NftablesBackend former = NftablesBackend.Open();
        former.Change(new FirewallChange(Policies, []));
        Assert.Null(new FirewallBackendChoice("iptables", IptablesVariant.NfTables, "").RemoveOther(new IptablesPrograms(null)));
        string left = Command.Run("nft list ruleset");
        Assert.Contains("table bridge netctl", left, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"table ip6? netctl \{", left);
        Assert.DoesNotContain("netctl-user", left, StringComparison.Ordinal);

        using IDisposable opened = Open(out IFirewallBackend backend);
        backend.RemoveAll();
        Assert.Equal("", Command.Run("nft list ruleset"));
    });

    private static IDisposable Open(out IFirewallBackend backend)
    {
        backend = new FirewallBackendChoice("iptables", IptablesVariant.NfTables, "").Open(new IptablesPrograms(null), ipv6Available: true);
        return Assert.IsType<BridgedFirewall>(backend);
    }

    private static string Read() => Rulesets.Read("iptables") + Command.Run("nft -s list ruleset bridge");
}
