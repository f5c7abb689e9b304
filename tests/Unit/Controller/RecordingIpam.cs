using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Drivers.Ipam.Default;

namespace Net.Tests.Unit.Controller;

/// <summary>The default IPAM, with a list of what is handed out.</summary>
internal sealed class RecordingIpam : IIpamDriver
{
    private readonly DefaultIpam _ipam = new("test");

    public HashSet<string> Pools { get; } = [];

    public HashSet<string> Addresses { get; } = [];

    public string Name => "default";

    /// <summary>All that is reserved, as text, to be compared.</summary>
    public string Reserved => string.Join(' ', Pools.Order(StringComparer.Ordinal).Concat(Addresses.Order(StringComparer.Ordinal)));

    public async ValueTask<AddressPool> RequestPoolAsync(PoolRequest request, CancellationToken cancellationToken)
    {
        AddressPool pool = await _ipam.RequestPoolAsync(request, cancellationToken);
        Assert.True(Pools.Add(pool.Subnet.ToString()));
        return pool;
    }

    public ValueTask ReleasePoolAsync(AddressPool pool, CancellationToken cancellationToken)
    {
        Pools.Remove(pool.Subnet.ToString());
        Addresses.RemoveWhere(address => pool.Subnet.Contains(IPAddress.Parse(address))); // which go with it
        return _ipam.ReleasePoolAsync(pool, cancellationToken);
    }

    public async ValueTask<InterfaceAddress> RequestAddressAsync(
        AddressPool pool, IPAddress? preferred, CancellationToken cancellationToken)
    {
        InterfaceAddress address = await _ipam.RequestAddressAsync(pool, preferred, cancellationToken);
        Assert.True(Addresses.Add(address.Address.ToString()));
        return address;
    }

    public ValueTask ReleaseAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken)
    {
        Addresses.Remove(address.ToString());
        return _ipam.ReleaseAddressAsync(pool, address, cancellationToken);
    }

    public ValueTask CancelAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken)
    {
        Addresses.Remove(address.ToString());
        return _ipam.CancelAddressAsync(pool, address, cancellationToken);
    }

    public void Restore(AddressPool pool, IEnumerable<IPAddress> addresses, IEnumerable<IPAddress>? freed = null)
    {
        List<IPAddress> list = [.. addresses];
        Pools.Add(pool.Subnet.ToString());
        Addresses.UnionWith(list.Select(a => a.ToString()));
        _ipam.Restore(pool, list, freed);
    }
}
