using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Controller.Models;

namespace Net.Controller.Runners;

/// <summary>The subnets and addresses that one operation takes from IPAM and releases to it. What was taken is cancelled when the operation
/// fails; what is to be released is released only when the operation has succeeded.</summary>
internal sealed class Reservations(IpamDirectory ipamDrivers)
{
    private readonly Stack<Func<ValueTask>> _cancellations = new();
    private readonly List<(NetworkId? Network, Func<ValueTask> Step)> _releases = [];
    private readonly HashSet<IPAddress> _released = [];

    /// <summary>The addresses that are released when the operation has succeeded, without those that go with their subnet.</summary>
    public IReadOnlySet<IPAddress> ReleasedAddresses => _released;

    /// <summary>Reserves a subnet.</summary>
    public async ValueTask<AddressPool> TakePoolAsync(string ipamDriver, PoolRequest request, CancellationToken cancellationToken)
    {
        IIpamDriver ipam = ipamDrivers.Require(ipamDriver);
        AddressPool pool = await ipam.RequestPoolAsync(request, cancellationToken);
        _cancellations.Push(() => ipam.ReleasePoolAsync(pool, CancellationToken.None));
        return pool;
    }

    /// <summary>Reserves an address of one family; null when the network has no subnet of that family.</summary>
    public async ValueTask<InterfaceAddress?> TakeAddressAsync(
        Network network, bool ipv6, IPAddress? preferred, CancellationToken cancellationToken)
    {
        AddressPool[] pools = [.. network.Pools.Where(pool => pool.IsIPv6 == ipv6)];
        if (pools.Length == 0)
        {
            return null;
        }

        if (preferred is not null)
        {
            return await TakeAddressAsync(
                network.IpamDriver, network.PoolOf(preferred) ?? pools[0], preferred, cancellationToken);
        }

        // A subnet that is full leaves the others, in the order in which they were given.
        foreach (AddressPool pool in pools[..^1])
        {
            try
            {
                return await TakeAddressAsync(network.IpamDriver, pool, null, cancellationToken);
            }
            catch (CnmException error) when (error.Kind == CnmErrorKind.Unavailable)
            {
            }
        }

        return await TakeAddressAsync(network.IpamDriver, pools[^1], null, cancellationToken);
    }

    /// <summary>Reserves an address of a subnet that no network has.</summary>
    public async ValueTask<InterfaceAddress> TakeAddressAsync(
        string ipamDriver, AddressPool pool, IPAddress? preferred, CancellationToken cancellationToken)
    {
        IIpamDriver ipam = ipamDrivers.Require(ipamDriver);
        InterfaceAddress address = await ipam.RequestAddressAsync(pool, preferred, cancellationToken);
        _cancellations.Push(() => ipam.CancelAddressAsync(pool, address.Address, CancellationToken.None));
        return address;
    }

    /// <summary>Releases a subnet that no network has when the operation has succeeded.</summary>
    public void ReleasePool(string ipamDriver, AddressPool pool)
    {
        IIpamDriver ipam = ipamDrivers.Require(ipamDriver);
        _releases.Add((null, () => ipam.ReleasePoolAsync(pool, CancellationToken.None)));
    }

    /// <summary>Releases an address of a subnet that no network has when the operation has succeeded.</summary>
    public void ReleaseAddress(string ipamDriver, AddressPool pool, IPAddress address)
    {
        IIpamDriver ipam = ipamDrivers.Require(ipamDriver);
        _releases.Add((null, () => ipam.ReleaseAddressAsync(pool, address, CancellationToken.None)));
    }

    /// <summary>Releases a network's subnets when the operation has succeeded.</summary>
    /// <param name="network">The network.</param>
    /// <param name="model">The model, with the subnets that another program still has reserved: these stay.</param>
    /// <remarks>The subnets of a network of plug-ins are released when these have been told that the network is gone.</remarks>
    public void Release(Network network, ModelSnapshot model)
    {
        if (network.Plugged is not null || network.Pools.Count == 0)
        {
            return;
        }

        IIpamDriver ipam = ipamDrivers.Require(network.IpamDriver);
        foreach (AddressPool pool in network.Pools.Where(pool => network.Foreign is null || !model.HasForeignPool(pool.Subnet)))
        {
            _releases.Add((network.Id, () => ipam.ReleasePoolAsync(pool, CancellationToken.None)));
        }
    }

    /// <summary>Releases an endpoint's addresses when the operation has succeeded.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="network">Its network.</param>
    /// <param name="keepStatic">Whether addresses that the user asked for stay reserved.</param>
    /// <remarks>The addresses of an endpoint that plug-ins know are released when these have been told that the endpoint is
    /// gone, and those of an endpoint of another program are not reserved here.</remarks>
    public void Release(Endpoint endpoint, Network network, bool keepStatic)
    {
        if (endpoint.Plugged is not null || network.Plugged is { HasIpam: true } || network.Foreign is not null)
        {
            return;
        }

        Release(network, keepStatic && endpoint.IPv4IsStatic ? null : endpoint.IPv4);
        Release(network, keepStatic && endpoint.IPv6IsStatic ? null : endpoint.IPv6);
    }

    /// <summary>Releases what is to be released: the operation has succeeded.</summary>
    public ValueTask CompleteAsync()
    {
        _cancellations.Clear();
        return RunAsync(_releases.Select(entry => entry.Step));
    }

    /// <summary>As <see cref="CompleteAsync"/>, for an operation that succeeded some time ago. Addresses of networks that were removed
    /// since are left out: they were released with their subnets, which another network may have by now.</summary>
    /// <param name="exists">Whether a network still exists.</param>
    public ValueTask CompleteLateAsync(Predicate<NetworkId> exists)
    {
        _cancellations.Clear();
        return RunAsync(_releases.Where(entry => entry.Network is not { } network || exists(network)).Select(entry => entry.Step));
    }

    /// <summary>Cancels what was taken: the operation has failed, or was only explained.</summary>
    public ValueTask UndoAsync()
    {
        Func<ValueTask>[] steps = [.. _cancellations];
        _cancellations.Clear();
        return RunAsync(steps);
    }

    private static async ValueTask RunAsync(IEnumerable<Func<ValueTask>> steps)
    {
        foreach (Func<ValueTask> step in steps)
        {
            await step();
        }
    }

    private void Release(Network network, InterfaceAddress? address)
    {
        if (address is not null && network.PoolOf(address.Address) is { } pool)
        {
            IIpamDriver ipam = ipamDrivers.Require(network.IpamDriver);
            _releases.Add((network.Id, () => ipam.ReleaseAddressAsync(pool, address.Address, CancellationToken.None)));
            _released.Add(address.Address);
        }
    }
}
