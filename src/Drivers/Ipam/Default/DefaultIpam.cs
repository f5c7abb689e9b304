using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;

namespace Net.Drivers.Ipam.Default;

/// <summary>The default IPAM driver: assigns subnets of the default pools, or configured ones, and their addresses.</summary>
/// <remarks>Its state is in memory; at start it is restored from the store. It assigns the lowest free subnet, and in a subnet the address
/// after the one assigned last, and released addresses after all others. Assigning costs the same for the first subnet as for the
/// thousandth, and for the first address of a /16 as for the sixty-thousandth. Not thread-safe, as its contract says.</remarks>
public sealed class DefaultIpam : IIpamDriver
{
    private readonly ReservedPools _ipv4 = new();
    private readonly ReservedPools _ipv6 = new();
    private readonly SubnetChooser _ipv4Subnets;
    private readonly SubnetChooser _ipv6Subnets;

    /// <summary>Creates a driver in which nothing is in use.</summary>
    /// <param name="hostId">A text that distinguishes this host from others, such as the machine id and the daemon's root: IPv6 subnets are
    /// derived from it (RFC 4193). It must stay the same over restarts.</param>
    /// <param name="pools">The pools from which subnets are assigned that are not configured, in this order. For a family without a pool,
    /// and when null, the built-in pools are used.</param>
    public DefaultIpam(string hostId, IReadOnlyList<DefaultAddressPool>? pools = null)
    {
        DefaultAddressPool[] ipv4 = [.. (pools ?? []).Where(p => !AddressNumber.IsIPv6(p.Base))];
        DefaultAddressPool[] ipv6 = [.. (pools ?? []).Where(p => AddressNumber.IsIPv6(p.Base))];
        _ipv4Subnets = new SubnetChooser(ipv4.Length > 0 ? ipv4 : DefaultAddressPool.BuiltIn, _ipv4);
        _ipv6Subnets = new SubnetChooser(ipv6.Length > 0 ? ipv6 : [UniqueLocalPrefix.For(hostId)], _ipv6);
    }

    /// <inheritdoc/>
    public string Name => "default";

    /// <inheritdoc/>
    public ValueTask<AddressPool> RequestPoolAsync(PoolRequest request, CancellationToken cancellationToken)
    {
        IPNetwork subnet;
        if (request.Subnet is { } wanted)
        {
            PoolRequestChecks.RequireConsistent(request, wanted);
            RequireFree(request, wanted);
            subnet = wanted;
        }
        else
        {
            PoolRequestChecks.RequireNothingOfSubnet(request);
            subnet = (request.IPv6 ? _ipv6Subnets : _ipv4Subnets).Choose(Avoided(request)) ?? throw IpamErrors.NoDefaultPoolFree(request);
        }

        var pool = new AddressPool
        {
            Subnet = subnet,
            Range = request.Range,
            Gateway = request.Gateway
                ?? (request.NeedsGateway ? GatewayChoice.Choose(request, subnet) ?? throw IpamErrors.NoRoomForGateway(request) : null),
            AuxiliaryAddresses = request.AuxiliaryAddresses,
            HostAddresses = request.HostAddresses.Any(subnet.Contains) ? [.. request.HostAddresses.Where(subnet.Contains)] : null,
        };
        Pools(request.IPv6).Add(new ReservedPool(pool, request.NetworkName));
        return ValueTask.FromResult(pool);
    }

    /// <inheritdoc/>
    public ValueTask ReleasePoolAsync(AddressPool pool, CancellationToken cancellationToken)
    {
        if (Pools(pool.IsIPv6).Remove(pool.Subnet))
        {
            (pool.IsIPv6 ? _ipv6Subnets : _ipv4Subnets).Released(pool.Subnet);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="IIpamDriver.RequestAddressAsync"/>
    /// <remarks>Also throws NotFound when the pool was neither requested nor restored. A preferred address need not lie in the pool's
    /// range.</remarks>
    public ValueTask<InterfaceAddress> RequestAddressAsync(AddressPool pool, IPAddress? preferred, CancellationToken cancellationToken)
    {
        ReservedPool reserved = Pools(pool.IsIPv6).TryGet(pool.Subnet, out ReservedPool? found)
            ? found
            : throw IpamErrors.UnknownPool(pool);
        IPAddress address = preferred is null
            ? reserved.TakeNext() ?? throw IpamErrors.Full(reserved)
            : TakeExactly(reserved, preferred);
        return ValueTask.FromResult(new InterfaceAddress(address, pool.Subnet.PrefixLength));
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken)
    {
        if (pool.Subnet.Contains(address) && Pools(pool.IsIPv6).TryGet(pool.Subnet, out ReservedPool? reserved))
        {
            reserved.Release(address);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CancelAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken)
    {
        if (pool.Subnet.Contains(address) && Pools(pool.IsIPv6).TryGet(pool.Subnet, out ReservedPool? reserved))
        {
            reserved.Cancel(address);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="IIpamDriver.Restore"/>
    /// <exception cref="CnmException">Internal: the pool overlaps another pool.</exception>
    public void Restore(AddressPool pool, IEnumerable<IPAddress> addresses, IEnumerable<IPAddress>? freed = null)
    {
        ReservedPools pools = Pools(pool.IsIPv6);
        if (!pools.TryGet(pool.Subnet, out ReservedPool? reserved))
        {
            if (pools.Overlapping(AddressNumber.First(pool.Subnet), AddressNumber.Last(pool.Subnet)) is { } other)
            {
                throw IpamErrors.RestoredTwice(pool, other);
            }

            reserved = new ReservedPool(pool, networkName: null);
            pools.Add(reserved);
        }

        foreach (IPAddress address in addresses)
        {
            reserved.Restore(address);
        }

        foreach (IPAddress address in freed ?? [])
        {
            reserved.RestoreFreed(address);
        }
    }

    private static IPAddress TakeExactly(ReservedPool reserved, IPAddress address)
    {
        if (!reserved.Pool.Subnet.Contains(address))
        {
            throw IpamErrors.AddressOutside(reserved, address);
        }

        if (!reserved.Subnet.Contains(address))
        {
            throw IpamErrors.AddressNotForInterfaces(reserved, address);
        }

        return reserved.Take(address) ? address : throw IpamErrors.AddressTaken(reserved, address);
    }

    private static HostRoute[] Avoided(PoolRequest request) =>
        [.. request.HostRoutes.Where(route => !route.IsDefault && AddressNumber.IsIPv6(route.Destination) == request.IPv6)];

    private void RequireFree(PoolRequest request, IPNetwork subnet)
    {
        if (Pools(request.IPv6).Overlapping(AddressNumber.First(subnet), AddressNumber.Last(subnet)) is { } other)
        {
            throw IpamErrors.OverlapsPool(request, other);
        }
    }

    private ReservedPools Pools(bool ipv6) => ipv6 ? _ipv6 : _ipv4;
}
