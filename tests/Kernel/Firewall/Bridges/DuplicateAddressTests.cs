using System.Text.Json;
using Net.Cnm.Firewalls;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;
using static Net.Tests.Kernel.Firewall.Bridges.Frame;
using static Net.Tests.Kernel.Firewall.Bridges.NeighbourMessage;
using static Net.Tests.Kernel.Firewall.Bridges.Segment;

namespace Net.Tests.Kernel.Firewall.Bridges;

/// <summary>What a container can do to duplicate address detection of others (RFC 4862 5.4.3): a probe from <c>::</c> for an address that
/// is being probed makes its owner give it up.</summary>
public class DuplicateAddressTests
{
    private const string BridgeLinkLocal = "fe80::42:ff:fe00:fe";
    private const long Limit = 20_000; // ms

    [KernelFact]
    public void A_neighbour_keeps_its_link_local_address() => HostNamespace.Run(host =>
        Check(host, "ip -n c2", "ip netns exec c2 ", "eth0", LinkLocal(2), "33:33:ff:00:00:02", "ff02::1:ff00:2"));

    [KernelFact]
    public void The_bridge_keeps_its_link_local_address() => HostNamespace.Run(host =>
        Check(host, "ip", "", Bridge, BridgeLinkLocal, "33:33:ff:00:00:fe", "ff02::1:ff00:fe"));

    private static void Check(HostNamespace host, string ip, string enter, string link, string address, string groupMac, string group)
    {
        using var segment = new Segment(host, 0);
        using NftablesBackend backend = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        byte[] probe = IPv6(groupMac, Mac(1), "::", group, Solicitation(address, Nonce));
        Assert.True(IsTakenAway(), "without a policy the address is taken away: the test is a fair one");
        backend.Change(new FirewallChange([Endpoint(1), Endpoint(2)], []));
        Assert.False(IsTakenAway());

        // The address is probed five times, a second apart, so there is time for a probe of the other's.
        bool IsTakenAway()
        {
            string setting = $"net.ipv6.conf.{link}";
            Command.Run($"{enter}sysctl -qw {setting}.disable_ipv6=1 {setting}.accept_dad=1 {setting}.dad_transmits=5");
            Command.Run($"{enter}sysctl -qw {setting}.disable_ipv6=0");
            Await($"{address} is probed", () => Flags() is { } flags && flags.Contains("tentative"));
            Await($"{address} is decided on", () =>
            {
                segment.Send(probe);
                return Flags() is { } flags && (flags.Contains("dadfailed") || !flags.Contains("tentative"));
            });
            return Flags()!.Contains("dadfailed");
        }

        HashSet<string>? Flags() => Command.Json($"{ip} -j -6 address show dev {link}").EnumerateArray()
            .SelectMany(entry => entry.TryGetProperty("addr_info", out JsonElement all) ? all.EnumerateArray().ToArray() : [])
            .Where(entry => entry.TryGetProperty("local", out JsonElement local) && local.GetString() == address)
            .Select(entry => entry.EnumerateObject().Where(flag => flag.Value.ValueKind == JsonValueKind.True)
                .Select(flag => flag.Name).ToHashSet())
            .SingleOrDefault();
    }

    private static void Await(string what, Func<bool> holds)
    {
        for (long deadline = Environment.TickCount64 + Limit; !holds();)
        {
            Assert.True(Environment.TickCount64 < deadline, $"waited in vain until {what}");
        }
    }
}
