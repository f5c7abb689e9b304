using System.Net;
using System.Numerics;
using Net.Api.Networks;
using Net.Cnm.Addresses;
using Net.Cnm.Networks;
using Endpoint = Net.Cnm.Endpoints.Endpoint;

namespace Net.Daemon.Http.Views;

/// <summary>Counts the addresses of a network's subnets that are in use, from what the model says.</summary>
internal static class PoolUse
{
    /// <summary>The use of each subnet.</summary>
    /// <param name="network">The network.</param>
    /// <param name="endpoints">Its endpoints; those of stopped containers have the addresses that they keep.</param>
    public static NetworkStatus Of(Network network, IEnumerable<Endpoint> endpoints)
    {
        IPAddress[] assigned =
        [
            .. endpoints.SelectMany(endpoint => new[] { endpoint.IPv4?.Address, endpoint.IPv6?.Address }).OfType<IPAddress>(),
        ];
        return new NetworkStatus
        {
            IPAM = new NetworkIpamStatus
            {
                Subnets = network.Pools.ToDictionary(pool => pool.Subnet.ToString(), pool => Of(pool, assigned), StringComparer.Ordinal),
            },
        };
    }

    private static NetworkSubnetStatus Of(AddressPool pool, IEnumerable<IPAddress> assigned)
    {
        HashSet<IPAddress> used =
        [
            .. assigned.Where(pool.Subnet.Contains),
            .. pool.AuxiliaryAddresses.Values,
            .. pool.HostAddresses ?? [],
            .. NotForInterfaces(pool),
        ];
        if (pool.Gateway is { } gateway)
        {
            used.Add(gateway);
        }

        IPNetwork range = pool.Range ?? pool.Subnet;
        return new NetworkSubnetStatus
        {
            IPsInUse = Shown(used.Count),
            DynamicIPsAvailable = Shown(Subnets.Size(range) - used.Count(range.Contains)),
        };
    }

    // The network and broadcast address (RFC 1122 3.2.1.3), but not in a /31 (RFC 3021); of IPv6 the subnet-router anycast address
    // (RFC 4291 2.6.1), but not in a /127 (RFC 6164).
    private static IEnumerable<IPAddress> NotForInterfaces(AddressPool pool) =>
        pool.Subnet.PrefixLength >= (pool.IsIPv6 ? 127 : 31) ? []
        : pool.IsIPv6 ? [pool.Subnet.BaseAddress]
        : [pool.Subnet.BaseAddress, Subnets.Last(pool.Subnet)];

    private static ulong Shown(BigInteger number) => number > ulong.MaxValue ? ulong.MaxValue : (ulong)number;
}
