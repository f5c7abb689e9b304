using System.Net;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;

namespace Net.Drivers.Ipam.Default;

/// <summary>A subnet that is assigned to a network, and the addresses of it that are in use.</summary>
internal sealed class ReservedPool
{
    // Those in use and those in _freed.
    private readonly AddressBitmap _known = new();
    private readonly FreedNumbers _freed = new();
    private readonly HashSet<UInt128> _fixed = [];

    // Those in use that were in _freed, each with its place there.
    private readonly Dictionary<UInt128, long> _recycled = [];
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
        foreach (IPAddress address in pool.AuxiliaryAddresses.Values.Concat(pool.HostAddresses ?? []))
        {
            Fix(address);
        }

        if (pool.Gateway is { } gateway)
        {
            Fix(gateway);
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
    public bool Take(IPAddress address) => Take(AddressNumber.Of(address));

    /// <summary>Assigns an address that nobody has had, the next one after the one assigned last; when there is none, the one that was
    /// released first. So a released address is not used again while neighbours and logs still connect it with its last holder. Null when
    /// the whole range is in use.</summary>
    public IPAddress? TakeNext()
    {
        if (Range.IsEmpty)
        {
            return null;
        }

        UInt128? next = _known.NextFree(_cursor, Range.Last) ?? _known.NextFree(Range.First, _cursor);
        if (next is { } fresh)
        {
            AdvancePast(fresh);
        }

        next ??= FirstFreed();
        if (next is not { } number)
        {
            return null;
        }

        Take(number);
        return AddressNumber.ToAddress(number, _ipv6);
    }

    /// <summary>Marks an address as in use that was restored from the store.</summary>
    public void Restore(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        Take(number);
        AdvanceTo(number);
    }

    /// <summary>Marks an address as released that was restored from the store, after those that are in use. Called in the order in which
    /// they were released.</summary>
    public void RestoreFreed(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        if (_known.Add(number))
        {
            _freed.Add(number);
            AdvanceTo(number);
        }
    }

    /// <summary>Releases an address; the gateway and auxiliary addresses stay in use.</summary>
    public void Release(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        _recycled.Remove(number);
        if (_fixed.Contains(number) || _freed.Contains(number) || !_known.Contains(number))
        {
            return;
        }

        _freed.Add(number);
        if (_freed.Count > FreedAddressLimit.Count)
        {
            UInt128 oldest = _freed.InOrder.First();
            _freed.TryTake(oldest, out _);
            _known.Remove(oldest);
        }
    }

    /// <summary>Releases an address that was never used: the next request gets the same one.</summary>
    public void Cancel(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        if (_recycled.Remove(number, out long place))
        {
            _freed.AddAt(number, place);
            return;
        }

        if (_fixed.Contains(number) || _freed.Contains(number) || !_known.Remove(number))
        {
            return;
        }

        if (_cursor == number + 1 || (number == Range.Last && _cursor == Range.First))
        {
            _cursor = number;
        }
    }

    private bool Take(UInt128 number)
    {
        if (_freed.TryTake(number, out long place))
        {
            _recycled.Add(number, place);
            return true;
        }

        return _known.Add(number);
    }

    private UInt128? FirstFreed()
    {
        foreach (UInt128 number in _freed.InOrder)
        {
            if (number >= Range.First && number <= Range.Last)
            {
                return number;
            }
        }

        return null;
    }

    private void Fix(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        _fixed.Add(number);
        _known.Add(number);
    }

    private void AdvanceTo(UInt128 number)
    {
        if (number >= _cursor)
        {
            AdvancePast(number);
        }
    }

    private void AdvancePast(UInt128 number)
    {
        if (number >= Range.First && number <= Range.Last)
        {
            _cursor = number == Range.Last ? Range.First : number + 1;
        }
    }
}
