using Net.Firewall;
using Net.Firewall.Iptables;

namespace Net.Tests.Unit.Firewall;

public class IptablesCountersTests
{
    [Fact]
    public void Each_rule_has_its_numbers_and_the_rest_is_passed_over()
    {
        const string Saved = "# Generated\n*nat\n:NETCTL - [0:0]\n[3:180] -A NETCTL -p tcp -j DNAT --to-destination 172.18.0.2\n[1:60] " +
            "-A NETCTL -p tcp -j DNAT --to-destination 172.18.0.2\n[x:1] -A NETCTL -j ACCEPT\n-A NETCTL -j DROP\nCOMMIT\n";
        IReadOnlyDictionary<IptablesRule, (ulong Packets, ulong Bytes)> counted = IptablesCounters.Parse(FirewallFamily.IPv4, "nat", Saved);
        Assert.Equal((4ul, 240ul), Assert.Single(counted).Value);
        Assert.True(counted.ContainsKey(
            new IptablesRule(FirewallFamily.IPv4, "nat", "NETCTL", "-p tcp -j DNAT --to-destination 172.18.0.2")));
    }
}
