using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;

namespace Net.Controller.Runners;

/// <summary>What one operation takes from IPAM and gives back to it. What it took is given back when the operation fails; what it is to give back, it gives
/// back only when the operation has succeeded.</summary>
internal sealed class Reservations(IReadOnlyDictionary<string, IIpamDriver> ipamDrivers)
{
    private readonly Stack<Func<ValueTask>> _undo = new();
    private readonly List<(NetworkId Network, Func<ValueTask> Step)> _finish = [];

    /// <summary>Reserves a subnet.</summary>
    public async ValueTask<AddressPool> TakePoolAsync(string ipamDriver, PoolRequest request, CancellationToken cancellationToken)
    {
        IIpamDriver ipam = Require(ipamDriver);
        AddressPool pool = await ipam.RequestPoolAsync(request, cancellationToken);
        _undo.Push(() => ipam.ReleasePoolAsync(pool, CancellationToken.None));
        return pool;
    }

    /// <summary>Reserves an address of one family; null when the network has no subnet of that family.</summary>
    public async ValueTask<InterfaceAddress?> TakeAddressAsync(Network network, bool ipv6, IPAddress? preferred, CancellationToken cancellationToken)
    {
        if (network.Pools.FirstOrDefault(p => p.IsIPv6 == ipv6) is not { } pool)
        {
            return null;
        }

        IIpamDriver ipam = Require(network.IpamDriver);
        InterfaceAddress address = await ipam.RequestAddressAsync(pool, preferred, cancellationToken);
        _undo.Push(() => ipam.CancelAddressAsync(pool, address.Address, CancellationToken.None));
        return address;
    }

    /// <summary>Gives back a network's subnets at the end.</summary>
    public void Release(Network network)
    {
        IIpamDriver ipam = Require(network.IpamDriver);
        foreach (AddressPool pool in network.Pools)
        {
            _finish.Add((network.Id, () => ipam.ReleasePoolAsync(pool, CancellationToken.None)));
        }
    }

    /// <summary>Gives back an endpoint's addresses at the end.</summary>
    /// <param name="keepStatic">Whether those that the user asked for stay reserved.</param>
    public void Release(Endpoint endpoint, Network network, bool keepStatic)
    {
        Release(network, keepStatic && endpoint.IPv4IsStatic ? null : endpoint.IPv4);
        Release(network, keepStatic && endpoint.IPv6IsStatic ? null : endpoint.IPv6);
    }

    /// <summary>The operation has succeeded.</summary>
    public ValueTask CompleteAsync()
    {
        _undo.Clear();
        return RunAsync(_finish.Select(entry => entry.Step));
    }

    /// <summary>The operation has succeeded some time ago; what belonged to a network that has gone since went with its subnets, which may be another's by now.</summary>
    /// <param name="isThere">Whether a network is there still.</param>
    public ValueTask CompleteLateAsync(Predicate<NetworkId> isThere)
    {
        _undo.Clear();
        return RunAsync(_finish.Where(entry => isThere(entry.Network)).Select(entry => entry.Step));
    }

    /// <summary>The operation has failed, or was only explained.</summary>
    public ValueTask UndoAsync()
    {
        Func<ValueTask>[] steps = [.. _undo];
        _undo.Clear();
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
        if (address is not null && network.Pools.FirstOrDefault(p => p.IsIPv6 == address.IsIPv6) is { } pool)
        {
            IIpamDriver ipam = Require(network.IpamDriver);
            _finish.Add((network.Id, () => ipam.ReleaseAddressAsync(pool, address.Address, CancellationToken.None)));
        }
    }

    private IIpamDriver Require(string name) =>
        ipamDrivers.TryGetValue(name, out IIpamDriver? ipam)
            ? ipam
            : throw new CnmException(
                CnmErrorKind.NotFound, $"IPAM driver \"{name}\" not found; choose one of {string.Join(", ", ipamDrivers.Keys.Order(StringComparer.Ordinal))}");
}
