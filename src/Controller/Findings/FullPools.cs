using System.Globalization;
using System.Net;
using System.Numerics;
using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Findings;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Findings;

/// <summary>Finds subnets without a free address. It is a fault when a container waits for one, else a note.</summary>
internal static class FullPools
{
    private const int SmallestCounted = 1 << 16;

    public static IEnumerable<Finding> Find(FindingFacts facts) =>
        from network in facts.Model.Networks
        where network.Foreign is null && network.IpamDriver == "default"
        let endpoints = facts.Model.EndpointsOf(network.Id)
        from pool in network.Pools
        where IsFull(pool, endpoints)
        select Of(facts, network, pool, endpoints);

    private static bool IsFull(AddressPool pool, IReadOnlyList<Endpoint> endpoints)
    {
        IPNetwork range = pool.Range ?? pool.Subnet;
        BigInteger size = Subnets.Size(range);
        return size <= SmallestCounted && Taken(pool, endpoints).Count(range.Contains) >= size;
    }

    private static HashSet<IPAddress> Taken(AddressPool pool, IReadOnlyList<Endpoint> endpoints) =>
    [
        .. endpoints.SelectMany(endpoint => new[] { endpoint.IPv4?.Address, endpoint.IPv6?.Address }).OfType<IPAddress>(),
        .. pool.AuxiliaryAddresses.Values,
        .. pool.HostAddresses ?? [],
        .. pool.Gateway is { } gateway ? (IPAddress[])[gateway] : [],
        .. NotForInterfaces(pool),
    ];

    // The network and broadcast address (RFC 1122 3.2.1.3), but not in a /31 (RFC 3021); of IPv6 the subnet-router anycast address
    // (RFC 4291 2.6.1), but not in a /127 (RFC 6164).
    private static IPAddress[] NotForInterfaces(AddressPool pool) =>
        pool.Subnet.PrefixLength >= (pool.IsIPv6 ? 127 : 31) ? []
        : pool.IsIPv6 ? [pool.Subnet.BaseAddress]
        : [pool.Subnet.BaseAddress, Subnets.Last(pool.Subnet)];

    private static Finding Of(FindingFacts facts, Network network, AddressPool pool, IReadOnlyList<Endpoint> endpoints)
    {
        int used = endpoints.Count(endpoint => (pool.IsIPv6 ? endpoint.IPv6 : endpoint.IPv4) is not null);
        string[] waiting =
        [
            .. endpoints.Where(endpoint => (pool.IsIPv6 ? endpoint.IPv6 : endpoint.IPv4) is null)
                .Select(endpoint => facts.Model[endpoint.Sandbox])
                .Where(sandbox => sandbox is { StartError: not null, State: SandboxState.Created or SandboxState.Exited })
                .Select(sandbox => sandbox.Name).Order(StringComparer.Ordinal),
        ];
        return new Finding
        {
            Kind = FindingKinds.FullPool,
            Grade = waiting.Length > 0 ? FindingGrade.Error : FindingGrade.Note,
            Object = $"network {network.Name}",
            Cause = string.Create(
                CultureInfo.InvariantCulture,
                $"its {(pool.Range is null ? "subnet" : "range of addresses")} {pool.Range ?? pool.Subnet} has no free address left: " +
                $"{used} {(used == 1 ? "container has" : "containers have")} one") + (waiting.Length > 0
                    ? $", and {string.Join(", ", waiting)} could not be started for want of one"
                    : ", and no further one can be started on it"),
            Look = $"netctl network inspect --format '{{{{json .Containers}}}}' {network.Name}",
            Remedy = "netctl rm CONTAINER for one that is not needed any more, or netctl network create --subnet with a larger subnet " +
                "and netctl network connect",
        };
    }
}
