using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Net.Drivers.Ipam.Default;

/// <summary>The reserved subnets of one family, in the order of their addresses. No two overlap, so one binary search finds whether another
/// subnet overlaps any of them.</summary>
internal sealed class ReservedPools
{
    private readonly List<UInt128> _firsts = [];
    private readonly List<ReservedPool> _pools = [];

    /// <summary>The reserved pool with exactly this subnet.</summary>
    public bool TryGet(IPNetwork subnet, [NotNullWhen(true)] out ReservedPool? pool)
    {
        int index = _firsts.BinarySearch(AddressNumber.First(subnet));
        pool = index >= 0 && _pools[index].Pool.Subnet.Equals(subnet) ? _pools[index] : null;
        return pool is not null;
    }

    /// <summary>The first reserved pool that shares an address with the interval, or null.</summary>
    public ReservedPool? Overlapping(UInt128 first, UInt128 last)
    {
        int index = _firsts.BinarySearch(first);
        if (index >= 0)
        {
            return _pools[index];
        }

        int next = ~index;
        if (next > 0 && AddressNumber.Last(_pools[next - 1].Pool.Subnet) >= first)
        {
            return _pools[next - 1];
        }

        return next < _firsts.Count && _firsts[next] <= last ? _pools[next] : null;
    }

    /// <summary>Adds a pool that overlaps no other.</summary>
    public void Add(ReservedPool pool)
    {
        UInt128 first = AddressNumber.First(pool.Pool.Subnet);
        int index = ~_firsts.BinarySearch(first);
        _firsts.Insert(index, first);
        _pools.Insert(index, pool);
    }

    /// <summary>Removes a pool; false when there is none with this subnet.</summary>
    public bool Remove(IPNetwork subnet)
    {
        if (!TryGet(subnet, out _))
        {
            return false;
        }

        int index = _firsts.BinarySearch(AddressNumber.First(subnet));
        _firsts.RemoveAt(index);
        _pools.RemoveAt(index);
        return true;
    }
}
