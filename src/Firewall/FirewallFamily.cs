namespace Net.Firewall;

/// <summary>The two address families of rules; each has tables of its own in both backends.</summary>
public enum FirewallFamily
{
    /// <summary>IPv4: <c>iptables</c>, <c>table ip</c>.</summary>
    IPv4,

    /// <summary>IPv6: <c>ip6tables</c>, <c>table ip6</c>.</summary>
    IPv6,
}
