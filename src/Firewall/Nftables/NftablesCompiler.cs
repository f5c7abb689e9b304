using Net.Cnm.Firewalls;
using Net.Firewall.Nftables.Bridges;

namespace Net.Firewall.Nftables;

/// <summary>Turns a policy into elements of our sets; the rules that look there are always the same (<see cref="NftablesLayout"/>).
/// Pure.</summary>
public static class NftablesCompiler
{
    /// <summary>The elements of a policy. No two policies with different keys have an element in common, but for Ethernet addresses in a
    /// closed network.</summary>
    /// <param name="policy">What is wanted.</param>
    /// <param name="ipv6Available">Whether the kernel has IPv6.</param>
    public static IReadOnlyList<NftablesElement> Compile(FirewallPolicy policy, bool ipv6Available = true) => policy switch
    {
        BridgePolicy bridge =>
            [.. PolicyFamilies.Of(bridge, ipv6Available).SelectMany(family => NftablesNetworkElements.Bridge(bridge, family))],
        PublishedPort port => NftablesPortElements.Published(port),
        OpenPort port => NftablesPortElements.Open(port),
        LinkPolicy link => [.. NftablesNetworkElements.Link(link), .. NftablesEndpointElements.Link(link)],
        TrustedLink link => [.. Families(ipv6Available).Select(family => NftablesNetworkElements.Trusted(link, family))],
        ForwardingGuard guard => [NftablesNetworkElements.Guard(guard)],
        EndpointPolicy endpoint => [.. NftablesEndpointElements.Endpoint(endpoint)],
        _ => throw new ArgumentException($"no nftables elements are known for {policy.GetType().Name}", nameof(policy)),
    };

    /// <summary>The table of what the host routes in a family.</summary>
    internal static NftablesTable Table(this FirewallFamily family) =>
        family == FirewallFamily.IPv4 ? NftablesTable.IPv4 : NftablesTable.IPv6;

    private static FirewallFamily[] Families(bool ipv6Available) =>
        ipv6Available ? [FirewallFamily.IPv4, FirewallFamily.IPv6] : [FirewallFamily.IPv4];
}
