using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Firewalls;
using Net.Cnm.Networks;

namespace Net.Controller.Plans;

/// <summary>The firewall policies that follow from a sandbox being on several networks at once. No driver knows of the other
/// networks.</summary>
internal static class CrossNetworkPolicies
{
    /// <summary>For each link with anti-spoofing the sandbox's addresses on other networks, from which it may send through that link too;
    /// and for each address with published ports the subnets of the other networks, whose neighbours the sandbox would answer past the
    /// host.</summary>
    /// <param name="described">What the drivers describe for the sandbox's endpoints.</param>
    /// <param name="endpoints">The endpoints, each with its network.</param>
    public static IEnumerable<FirewallPolicy> Describe(
        IReadOnlyList<DesiredObject> described, IReadOnlyList<(Endpoint Endpoint, Network Network)> endpoints) =>
        endpoints.Count < 2
            ? []
            : Sources(described, endpoints).Concat(Hairpins(described, endpoints))
                .DistinctBy(policy => policy.Key, StringComparer.Ordinal); // networks of other machines may have one subnet

    // Packets leave by the default route, which leads through no internal network; and the addresses of an internal network are to be seen
    // on that network only.
    private static IEnumerable<FirewallPolicy> Sources(
        IReadOnlyList<DesiredObject> described, IReadOnlyList<(Endpoint Endpoint, Network Network)> endpoints)
    {
        (Endpoint Endpoint, Network Network)[] open = [.. endpoints.Where(entry => !entry.Network.Internal)];
        return
            from link in described.OfType<EndpointPolicy>()
            where link.AntiSpoof && open.Any(entry => OwnerId.Of(entry.Endpoint.Id) == link.Owner)
            from other in open
            where OwnerId.Of(other.Endpoint.Id) != link.Owner
            from address in (IPAddress?[])[other.Endpoint.IPv4?.Address, other.Endpoint.IPv6?.Address]
            where address is not null
            select new SourcePolicy { Owner = link.Owner, HostLink = link.HostLink, Address = address };
    }

    private static IEnumerable<FirewallPolicy> Hairpins(
        IReadOnlyList<DesiredObject> described, IReadOnlyList<(Endpoint Endpoint, Network Network)> endpoints) =>
        from target in described.OfType<PublishedPort>().DistinctBy(port => port.ContainerAddress)
        from other in endpoints
        where OwnerId.Of(other.Endpoint.Id) != target.Owner
        from pool in other.Network.Pools
        where pool.Subnet.BaseAddress.AddressFamily == target.ContainerAddress.AddressFamily
        select new HairpinPolicy
        {
            Owner = target.Owner,
            Bridge = target.Bridge,
            ContainerAddress = target.ContainerAddress,
            Subnet = pool.Subnet,
        };
}
