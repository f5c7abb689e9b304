using System.Net;
using System.Net.Sockets;

using Net.Cnm.Firewalls;

namespace Net.Firewall;

/// <summary>The address families in which a policy has rules.</summary>
public static class PolicyFamilies
{
    /// <summary>The family of an address.</summary>
    public static FirewallFamily Of(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? FirewallFamily.IPv6 : FirewallFamily.IPv4;

    /// <summary>The families that the kernel has.</summary>
    public static IReadOnlyList<FirewallFamily> All(bool ipv6Available) =>
        ipv6Available ? [FirewallFamily.IPv4, FirewallFamily.IPv6] : [FirewallFamily.IPv4];

    /// <summary>The families of a bridge: those it has a subnet of. An internal bridge has both, so that no traffic leaves it by an address
    /// of the other family.</summary>
    /// <param name="bridge">The bridge.</param>
    /// <param name="ipv6Available">Whether the kernel has IPv6; without it no IPv6 traffic needs to be stopped.</param>
    public static IEnumerable<FirewallFamily> Of(BridgePolicy bridge, bool ipv6Available)
    {
        if (bridge.IPv4 is not null || bridge.Internal)
        {
            yield return FirewallFamily.IPv4;
        }

        if (bridge.IPv6 is not null || (bridge.Internal && ipv6Available))
        {
            yield return FirewallFamily.IPv6;
        }
    }

    /// <summary>The bridge's subnet in a family, or null.</summary>
    public static IPNetwork? Subnet(this BridgePolicy bridge, FirewallFamily family) =>
        family == FirewallFamily.IPv4 ? bridge.IPv4 : bridge.IPv6;
}
