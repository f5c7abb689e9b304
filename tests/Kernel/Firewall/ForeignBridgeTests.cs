using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Firewall;
using Net.Firewall.Iptables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>What the forwarding guard leaves alone: frames within another program's bridge are not forwarded by the host, also where
/// br_netfilter passes them to the rules for forwarded packets.</summary>
public class ForeignBridgeTests
{
    [KernelFact]
    public void Bridged_frames_pass_the_guard_of_nftables() => Check(new FirewallBackendChoice("nftables", null, ""), null);

    [KernelFact]
    public void Bridged_frames_pass_the_guard_of_iptables_in_nf_tables() =>
        Check(new FirewallBackendChoice("iptables", IptablesVariant.NfTables, ""), "nft");

    [KernelFact]
    public void Bridged_frames_pass_the_guard_of_iptables_legacy() =>
        Check(new FirewallBackendChoice("iptables", IptablesVariant.Legacy, ""), "legacy");

    private static void Check(FirewallBackendChoice choice, string? variant) => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host, bridgeNetfilter: 1);
        Command.Run("ip link add foreign type bridge");
        Command.Run("ip link set foreign up");
        Command.Run("ip addr add 198.18.0.1/24 dev foreign");
        Command.Run("ip addr add fd00:f::1/64 dev foreign nodad");
        foreach (int number in (int[])[2, 3])
        {
            host.NewNamespace($"f{number}").Dispose();
            Command.Run($"ip link add f{number} type veth peer name eth0 netns f{number}");
            Command.Run($"ip link set f{number} master foreign up");
            Command.Run($"ip -n f{number} addr add 198.18.0.{number}/24 dev eth0");
            Command.Run($"ip -n f{number} addr add fd00:f::{number}/64 dev eth0 nodad");
            Command.Run($"ip -n f{number} link set eth0 up");
            Command.Run($"ip -n f{number} route add default via 198.18.0.1");
            Command.Run($"ip -n f{number} route add default via fd00:f::1");
        }

        Wires.WaitUntilReady();
        Command.Run("ip -n out route add 198.18.0.0/24 via 192.0.2.1");
        Assert.Equal([true, true, true, true], Pings());

        Command.Run(
            "nft",
            "add table bridge witness { counter seen { }; counter marked { }; chain leaving { type filter hook postrouting priority 300; "
            + "oifname \"f3\" counter name seen; oifname \"f3\" meta mark & 0x2000 != 0 counter name marked; }; }");
        IptablesPrograms programs = new(variant is null ? null : Iptables.Programs(variant));
        IFirewallBackend backend = choice.Open(programs, ipv6Available: true);
        using var opened = backend as IDisposable;
        ForwardingGuard[] guards =
        [
            new() { Owner = OwnerId.Host, IPv6 = false },
            new() { Owner = OwnerId.Host, IPv6 = true },
        ];
        backend.Reconcile(guards);
        Assert.Equal([true, true, false, false], Pings());
        Assert.True(backend.Diff(guards).IsEmpty);

        // No bit of the mark is left where a frame leaves the bridge.
        string seen = Command.Run("nft list counter bridge witness seen");
        Assert.DoesNotContain("packets 0 ", seen, StringComparison.Ordinal);
        Assert.Contains("packets 0 ", Command.Run("nft list counter bridge witness marked"), StringComparison.Ordinal);
    });

    // Within the foreign bridge, and from outside to it by way of the host.
    private static bool[] Pings() =>
        [Ping("f2", "198.18.0.3"), Ping("f2", "fd00:f::3"), Ping("out", "198.18.0.3"), Ping("out", "fd00:f::3")];

    private static bool Ping(string from, string address) =>
        Command.TryRun("ip", "netns", "exec", from, "ping", "-c1", "-w3", address).ExitCode == 0;
}
