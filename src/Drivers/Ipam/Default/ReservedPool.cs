using System.Net;
using Net.Cnm.Networks;

namespace Net.Drivers.Ipam.Default;

/// <summary>A subnet that is assigned to a network, and the addresses of it that are in use.</summary>
internal sealed class ReservedPool
{
    private readonly AddressBitmap _used = new();
    private readonly HashSet<UInt128> _fixed = [];
    private readonly bool _ipv6;
    private UInt128 _cursor;

    public ReservedPool(AddressPool pool, string? networkName)
    {
        Pool = pool;
        NetworkName = networkName;
        _ipv6 = pool.IsIPv6;
        Subnet = new UsableAddresses(pool.Subnet);
        Range = pool.Range is { } range ? Subnet.Within(range) : Subnet;
        _cursor = Range.First;
        foreach (IPAddress auxiliary in pool.AuxiliaryAddresses.Values)
        {
            Fix(auxiliary);
        }

        if (pool.Gateway is { } gateway)
        {
            Fix(gateway);
            AdvancePast(AddressNumber.Of(gateway));
        }
    }

    public AddressPool Pool { get; }

    /// <summary>The network's name; null for a pool restored from the store, which does not have it.</summary>
    public string? NetworkName { get; }

    /// <summary>The addresses that may be requested by value.</summary>
    public UsableAddresses Subnet { get; }

    /// <summary>The addresses that are assigned when none is requested.</summary>
    public UsableAddresses Range { get; }

    /// <summary>Assigns one address; false when it is in use.</summary>
    public bool Take(IPAddress address) => _used.Add(AddressNumber.Of(address));

    /// <summary>Assigns the next free address after the one assigned last, so that a released address is not used again at once, while
    /// neighbours and logs still connect it with its last holder. Null when the whole range is in use.</summary>
    public IPAddress? TakeNext()
    {
        if (Range.IsEmpty)
        {
            return null;
        }

        UInt128? free = _used.NextFree(_cursor, Range.Last) ?? _used.NextFree(Range.First, _cursor);
        if (free is not { } number)
        {
            return null;
        }

        _used.Add(number);
        AdvancePast(number);
        return AddressNumber.ToAddress(number, _ipv6);
    }

    /// <summary>Marks an address as in use that was restored from the store.</summary>
    public void Restore(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        _used.Add(number);
        if (number >= _cursor)
        {
            AdvancePast(number);
        }
    }

    /// <summary>Releases an address; the gateway and auxiliary addresses stay in use.</summary>
    public void Release(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        if (!_fixed.Contains(number))
        {
            _used.Remove(number);
        }
    }

    /// <summary>Releases an address that was never used: when it was the one assigned last, it is the next to be assigned.</summary>
    public void Cancel(IPAddress address)
    {
        Release(address);
        UInt128 number = AddressNumber.Of(address);
        if (_cursor == number + 1 || (number == Range.Last && _cursor == Range.First))
        {
            _cursor = number;
        }
    }

    private void Fix(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        _fixed.Add(number);
        _used.Add(number);
    }

    private void AdvancePast(UInt128 number)
    {
        if (number >= Range.First && number <= Range.Last)
        {
            _cursor = number == Range.Last ? Range.First : number + 1;
        }
    }
}
