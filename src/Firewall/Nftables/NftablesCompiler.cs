using Net.Cnm.Firewalls;
using Net.Firewall.Nftables.Bridges;

namespace Net.Firewall.Nftables;

/// <summary>Compiles a policy to elements of our sets; a pure function. The rules that look into the sets are always the same
/// (<see cref="NftablesLayout"/>).</summary>
public static class NftablesCompiler
{
    /// <summary>The elements of a policy. Two policies with different keys have no element in common, except for Ethernet addresses in a
    /// network without inter-container communication.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="ipv6Available">Whether the kernel has IPv6.</param>
    public static IReadOnlyList<NftablesElement> Compile(FirewallPolicy policy, bool ipv6Available = true) => policy switch
    {
        BridgePolicy bridge =>
            [.. PolicyFamilies.Of(bridge, ipv6Available).SelectMany(family => NftablesNetworkElements.Bridge(bridge, family))],
        PublishedPort port => NftablesPortElements.Published(port),
        OpenPort port => NftablesPortElements.Open(port),
        LinkPolicy link => [.. NftablesNetworkElements.Link(link), .. NftablesEndpointElements.Link(link)],
        TrustedLink link => [.. PolicyFamilies.All(ipv6Available).Select(family => NftablesNetworkElements.Trusted(link, family))],
        HairpinPolicy hairpin => [NftablesNetworkElements.Hairpin(hairpin)],
        ForwardingGuard guard => [.. NftablesNetworkElements.Guard(guard)],
        GuestBridge guests => [.. PolicyFamilies.All(ipv6Available).Select(family => NftablesNetworkElements.Guests(guests, family))],
        EndpointPolicy endpoint => [.. NftablesEndpointElements.Endpoint(endpoint)],
        AddressPolicy address => [.. NftablesEndpointElements.Address(address)],
        SourcePolicy source => [NftablesEndpointElements.Source(source)],
        _ => throw new ArgumentException($"no nftables elements are known for {policy.GetType().Name}", nameof(policy)),
    };

    /// <summary>The table for the packets of a family that the host routes.</summary>
    internal static NftablesTable Table(this FirewallFamily family) =>
        family == FirewallFamily.IPv4 ? NftablesTable.IPv4 : NftablesTable.IPv6;
}
