using System.Net;
using Net.Cnm.Networks;

namespace Net.Drivers.Ipam.Default;

/// <summary>A subnet that a network has, and which of its addresses are in use.</summary>
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

    /// <summary>Null for a pool restored from the store, which does not say.</summary>
    public string? NetworkName { get; }

    /// <summary>What an address asked for may be.</summary>
    public UsableAddresses Subnet { get; }

    /// <summary>What an address not asked for is taken from.</summary>
    public UsableAddresses Range { get; }

    /// <summary>Takes one address; false when it is in use.</summary>
    public bool Take(IPAddress address) => _used.Add(AddressNumber.Of(address));

    /// <summary>Takes the next free address after the one handed out last, so that one just given back is not used again at once:
    /// neighbours and logs still know its last holder. Null when all of the range are in use.</summary>
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

    /// <summary>Notes an address that the store says is in use.</summary>
    public void Restore(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        _used.Add(number);
        if (number >= _cursor)
        {
            AdvancePast(number);
        }
    }

    /// <summary>Gives an address back; the gateway and auxiliary addresses stay.</summary>
    public void Release(IPAddress address)
    {
        UInt128 number = AddressNumber.Of(address);
        if (!_fixed.Contains(number))
        {
            _used.Remove(number);
        }
    }

    /// <summary>Gives an address back that was never used: when it was the one handed out last, it is the next to be handed out
    /// again.</summary>
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
