using System.Net;

using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Firewall.Iptables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>Every sort of policy with both sorts of iptables: the program prints back what was written, and an undo leaves no byte
/// behind.</summary>
public class IptablesPolicyTests
{
    private static readonly OwnerId Owner = FirewallTown.A.Owner;

    private static readonly FirewallPolicy[] All =
    [
        FirewallTown.A with
        {
            InterContainer = false,
            SourceIPv4 = IPAddress.Parse("192.0.2.1"),
            SourceIPv6 = IPAddress.Parse("2001:db8::1"),
        },
        FirewallTown.B with
        {
            GatewayModeIPv4 = GatewayMode.Routed,
            IPv6 = IPNetwork.Parse("fd00:b::/64"),
            GatewayModeIPv6 = GatewayMode.NatUnprotected,
        },
        FirewallTown.Internal,
        FirewallTown.Port("0.0.0.0", 8000, containerPort: 8000) with { Count = 11 },
        FirewallTown.Port("0.0.0.0", 8100, containerPort: 80) with { Count = 11 },
        FirewallTown.Port("::", 8100, "fd00:a::2", 80) with { Count = 11 },
        FirewallTown.Port("127.0.0.1", 8200, containerPort: 80, protocol: PortProtocol.Udp) with { Count = 2 },
        FirewallTown.Port("192.0.2.1", 9000, containerPort: 80, protocol: PortProtocol.Sctp) with { Count = 2 },
        FirewallTown.Port("::1", 9000, "fd00:a::2", 80, PortProtocol.Sctp),
        new OpenPort
        {
            Owner = Owner,
            Bridge = "br-b",
            Protocol = PortProtocol.Sctp,
            ContainerAddress = IPAddress.Parse("172.19.0.2"),
            ContainerPort = 80,
            Count = 3,
        },
        new OpenPort
        {
            Owner = Owner,
            Bridge = "br-b",
            Protocol = PortProtocol.Tcp,
            ContainerAddress = IPAddress.Parse("fd00:b::2"),
            ContainerPort = 80,
        },
        new LinkPolicy
        {
            Owner = Owner,
            Bridge = "br-a",
            Client = IPAddress.Parse("172.18.0.2"),
            Server = IPAddress.Parse("172.18.0.3"),
            Protocol = PortProtocol.Tcp,
            Port = 81,
        },
        new LinkPolicy
        {
            Owner = Owner,
            Bridge = "br-a",
            Client = IPAddress.Parse("fd00:a::2"),
            Server = IPAddress.Parse("fd00:a::3"),
            Protocol = PortProtocol.Udp,
            Port = 81,
        },
        new TrustedLink { Owner = Owner, Bridge = "br-a", Link = "tun0" },
        new ForwardingGuard { Owner = OwnerId.Host, IPv6 = false },
        new ForwardingGuard { Owner = OwnerId.Host, IPv6 = true },
    ];

    [KernelFact]
    public void The_rules_come_back_as_they_were_written_nf_tables() => HostNamespace.Run(_ => Compare("nft"));

    [KernelFact]
    public void The_rules_come_back_as_they_were_written_legacy() => HostNamespace.Run(_ => Compare("legacy"));

    [KernelFact]
    public void A_change_undone_leaves_the_rules_as_they_were_nf_tables() => HostNamespace.Run(_ => Undo("nft"));

    [KernelFact]
    public void A_change_undone_leaves_the_rules_as_they_were_legacy() => HostNamespace.Run(_ => Undo("legacy"));

    [KernelFact]
    public void A_family_without_networks_keeps_the_way_to_the_next_ones_rules() => HostNamespace.Run(_ =>
    {
        IptablesBackend backend = Iptables.Open("nft");
        backend.Change(new FirewallChange(All, []));
        backend.Change(new FirewallChange([], All));
        string jumps = Command.Run("iptables -S FORWARD") + Command.Run("ip6tables -S FORWARD");
        Assert.Equal(10, jumps.Split("-j NETCTL").Length - 1);

        // A healing because of something else, with nothing to heal.
        backend.Reconcile([]);
        Assert.Equal(jumps, Command.Run("iptables -S FORWARD") + Command.Run("ip6tables -S FORWARD"));

        // And one because of an administrator who has flushed the host's own chains.
        Command.Run("iptables -F FORWARD");
        Assert.Equal("chain", Assert.Single(backend.Diff([]).Leftover).Kind);
        backend.Reconcile([]);
        Assert.True(backend.Diff([]).IsEmpty);
        backend.Change(new FirewallChange(All, []));
        Assert.True(backend.Diff(All).IsEmpty);
    });

    [KernelFact]
    public void What_others_append_comes_before_what_nobody_let_through() => HostNamespace.Run(_ =>
    {
        IptablesBackend backend = Iptables.Open("nft");
        backend.Change(new FirewallChange(All, []));
        Command.Run("iptables -A FORWARD -i other0 -j ACCEPT");
        Assert.IsType<ForwardingGuard>(Assert.Single(backend.Diff(All).Missing));
        backend.Reconcile(All);
        Assert.True(backend.Diff(All).IsEmpty);
        string[] rules = Command.Run("iptables -S FORWARD").Trim().Split('\n');
        Assert.Equal(
            [
                "-A FORWARD -i other0 -j ACCEPT",
                "-A FORWARD -m mark ! --mark 0x2000/0x2000 -m comment --comment \"netctl:host\" -j NETCTL-GUARD",
            ],
            rules[^2..]);
    });

    [KernelFact]
    public void What_others_accept_comes_after_our_jumps_nf_tables() => HostNamespace.Run(_ => Overtake("nft"));

    [KernelFact]
    public void What_others_accept_comes_after_our_jumps_legacy() => HostNamespace.Run(_ => Overtake("legacy"));

    [KernelFact]
    public void A_change_that_is_refused_half_way_changes_nothing_and_says_what_the_program_said() => HostNamespace.Run(_ =>
    {
        // The third table of the first family is refused: two are changed by then.
        Iptables.Open("nft").Change(new FirewallChange([FirewallTown.B], []));
        string before = Rulesets.Read("iptables");
        string programs = Iptables.Programs("nft");
        Command.Run($"rm {programs}/iptables-restore");
        File.WriteAllText(
            $"{programs}/iptables-restore",
            "#!/bin/sh\nsed '/^\\*nat/,$d' | /usr/sbin/iptables-nft-restore --noflush\necho 'no room in table nat' >&2\nexit 4\n");
        Command.Run($"chmod +x {programs}/iptables-restore");
        var backend = new IptablesBackend(new IptablesPrograms(programs));
        Net.Cnm.Errors.CnmException error =
            Assert.Throws<Net.Cnm.Errors.CnmException>(() => backend.Change(new FirewallChange([FirewallTown.A], [])));
        Assert.Contains("no room in table nat", error.Message, StringComparison.Ordinal);
        string[] left = [.. Rulesets.Read("iptables").Split('\n').Except(before.Split('\n'))];
        Assert.DoesNotContain(left, line => line.Contains("br-a", StringComparison.Ordinal));
    });

    private static void Compare(string variant)
    {
        IptablesBackend backend = Iptables.Open(variant);
        backend.Change(new FirewallChange(All, []));
        FirewallDifference difference = backend.Diff(All);
        Assert.Empty(difference.Missing);
        Assert.Empty(difference.Leftover);
        Assert.Equal(5, backend.ReadTraffic([.. All.OfType<PublishedPort>()]).Count); // all but ::1, which the forwarder serves
    }

    // Another program makes a network, as Docker Engine 20.10 does: its jumps and what it accepts come to the top of the chain.
    private static void Overtake(string variant)
    {
        IptablesBackend backend = Iptables.Open(variant);
        backend.Change(new FirewallChange(All, []));
        foreach (string program in (string[])[$"iptables-{variant}", $"ip6tables-{variant}"])
        {
            Command.Run($"{program} -N DOCKER-USER");
            Command.Run($"{program} -I FORWARD -i br-x ! -o br-x -j ACCEPT");
            Command.Run($"{program} -I FORWARD -j DOCKER-USER");
        }

        FirewallDifference overtaken = backend.Diff(All);
        Assert.Equal((All.Length, true), (overtaken.Missing.Count, overtaken.IsOvertaken));
        Command.Run($"iptables-{variant} -F NETCTL-FORWARD");
        Assert.False(backend.Diff(All).IsOvertaken);
        backend.Reconcile(All);
        Assert.True(backend.Diff(All).IsEmpty);
        foreach (string program in (string[])[$"iptables-{variant}", $"ip6tables-{variant}"])
        {
            Assert.Equal(
                ["DOCKER-USER", "NETCTL-USER", "NETCTL-ISOLATION-1", "NETCTL-FORWARD", "NETCTL-ISOLATION-2", "NETCTL-OUT", "ACCEPT"],
                Command.Run($"{program} -S FORWARD").Trim().Split('\n')[1..8].Select(rule => rule.Split(' ')[^1]));
        }

        string before = Iptables.Read(variant);
        backend.Reconcile(All);
        Assert.Equal(before, Iptables.Read(variant));
        backend.RemoveAll();
        Assert.Equal("DOCKER-USER ACCEPT", string.Join(
            ' ', Command.Run($"iptables-{variant} -S FORWARD").Trim().Split('\n')[1..].Select(rule => rule.Split(' ')[^1])));
    }

    private static void Undo(string variant)
    {
        Rulesets.Foreign("iptables");
        IptablesBackend backend = Iptables.Open(variant);
        backend.Change(new FirewallChange([FirewallTown.A with { Bridge = "br-c" }], []));
        string before = Iptables.Read(variant);
        foreach (FirewallPolicy policy in All)
        {
            FirewallChange change = new([policy], []);
            backend.Change(change);
            Assert.NotEqual(before, Iptables.Read(variant));
            backend.Change(change.Inverse());
            Assert.Equal(before, Iptables.Read(variant));
        }

        backend.Change(new FirewallChange(All, []));
        backend.Change(new FirewallChange([], All));
        Assert.Equal(before, Iptables.Read(variant));
    }
}
