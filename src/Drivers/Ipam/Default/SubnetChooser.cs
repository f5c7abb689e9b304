using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Hosts;

namespace Net.Drivers.Ipam.Default;

/// <summary>Finds the first subnet of the default pools that no network and, if possible, no route of the host uses.</summary>
/// <remarks>For each pool it is remembered below which subnet all are reserved, so that the thousandth network is found as fast as the
/// first. Subnets that a host route covers are not remembered: routes change.</remarks>
internal sealed class SubnetChooser
{
    private readonly List<Source> _sources;
    private readonly ReservedPools _reserved;

    public SubnetChooser(IEnumerable<DefaultAddressPool> pools, ReservedPools reserved)
    {
        _sources = [.. pools.Select(p => new Source(p))];
        _reserved = reserved;
    }

    /// <summary>The first free subnet beside all routes; when there is none, the first one inside a less specific route by a gateway, which
    /// makes the subnet an exception to that route; otherwise null. The caller reserves it.</summary>
    /// <param name="routes">The host routes to avoid, of this family.</param>
    /// <remarks>Unique local pools do not avoid less specific routes at all: nobody else has a subnet of them, also where a route such as
    /// fd00::/8 leads somewhere.</remarks>
    public IPNetwork? Choose(IReadOnlyList<HostRoute> routes) =>
        Choose(source => source.IsUniqueLocal ? InTheWay(routes, source) : [.. routes.Select(route => route.Destination)])
            ?? Choose(source => InTheWay(routes, source));

    // The routes without those by a gateway, or to nowhere, that are less specific than the subnets of a pool.
    private static IPNetwork[] InTheWay(IReadOnlyList<HostRoute> routes, Source source) =>
        [.. routes.Where(route => route.IsConnected || route.Destination.PrefixLength >= source.PrefixLength)
            .Select(route => route.Destination)];

    private IPNetwork? Choose(Func<Source, IReadOnlyList<IPNetwork>> routesOf)
    {
        foreach (Source source in _sources)
        {
            if (Choose(source, routesOf(source)) is { } subnet)
            {
                return subnet;
            }
        }

        return null;
    }

    /// <summary>Notes that a subnet is free again.</summary>
    public void Released(IPNetwork subnet)
    {
        UInt128 first = AddressNumber.First(subnet);
        foreach (Source source in _sources)
        {
            if (AddressNumber.Last(subnet) >= source.First && first <= source.Last && !(source.AllReservedBelow <= first))
            {
                source.AllReservedBelow = first <= source.First ? source.First : source.StartOf(first);
            }
        }
    }

    private IPNetwork? Choose(Source source, IReadOnlyList<IPNetwork> routes)
    {
        bool onlyReservedSoFar = true;
        UInt128? at = source.AllReservedBelow;
        while (at is { } first && first <= source.Last)
        {
            UInt128 last = first + source.Step;
            if (_reserved.Overlapping(first, last) is { } pool)
            {
                at = source.StartAfter(UInt128.Max(last, AddressNumber.Last(pool.Pool.Subnet)));
                if (onlyReservedSoFar)
                {
                    source.AllReservedBelow = at;
                }
            }
            else if (LastOfRouteOver(first, last, routes) is { } routeLast)
            {
                onlyReservedSoFar = false;
                at = source.StartAfter(UInt128.Max(last, routeLast));
            }
            else
            {
                return new IPNetwork(AddressNumber.ToAddress(first, source.IPv6), source.PrefixLength);
            }
        }

        return null;
    }

    private static UInt128? LastOfRouteOver(UInt128 first, UInt128 last, IReadOnlyList<IPNetwork> routes)
    {
        foreach (IPNetwork route in routes)
        {
            UInt128 routeLast = AddressNumber.Last(route);
            if (AddressNumber.First(route) <= last && routeLast >= first)
            {
                return routeLast;
            }
        }

        return null;
    }

    private sealed class Source
    {
        public Source(DefaultAddressPool pool)
        {
            IPv6 = AddressNumber.IsIPv6(pool.Base);
            IsUniqueLocal = Subnets.Covers(UniqueLocalPrefix.All, pool.Base);
            PrefixLength = pool.Size;
            First = AddressNumber.First(pool.Base);
            Last = AddressNumber.Last(pool.Base);
            Step = AddressNumber.SizeMinusOne(pool.Size, IPv6);
            AllReservedBelow = First;
        }

        public bool IPv6 { get; }

        /// <summary>Whether its addresses are unique local ones (RFC 4193).</summary>
        public bool IsUniqueLocal { get; }

        public int PrefixLength { get; }

        public UInt128 First { get; }

        public UInt128 Last { get; }

        /// <summary>The number of addresses of a subnet, less one.</summary>
        public UInt128 Step { get; }

        /// <summary>The start of a subnet of this pool; all subnets before it are reserved. Null when all of the pool are.</summary>
        public UInt128? AllReservedBelow { get; set; }

        /// <summary>The start of the subnet that an address lies in.</summary>
        public UInt128 StartOf(UInt128 address) => address & ~Step;

        /// <summary>The start of the first subnet wholly after an address; null when that is past the pool.</summary>
        public UInt128? StartAfter(UInt128 address)
        {
            UInt128 end = address | Step;
            return end >= Last ? null : end + 1;
        }
    }
}
