using Net.Linux;

namespace Net.Firewall.Obstacles;

/// <summary>Whether the rules of IPv4 and IPv6 see frames that stay inside a bridge.</summary>
internal static class BridgedFrames
{
    /// <summary>Whether br_netfilter is there and passes them.</summary>
    /// <param name="ipv6">Of IPv6; otherwise of IPv4.</param>
    /// <remarks>Documentation/networking/ip-sysctl.rst, /proc/sys/net/bridge. The settings are of the network namespace.</remarks>
    public static bool PassRules(bool ipv6) => Sysctl.Read($"net/bridge/bridge-nf-call-{(ipv6 ? "ip6tables" : "iptables")}") is "1";
}
